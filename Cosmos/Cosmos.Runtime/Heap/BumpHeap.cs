using System.Runtime;

namespace Cosmos.Runtime.Heap;
#pragma warning disable

// Placeholder until the collected heap replaces this file.
static unsafe class BumpHeap {
 [RuntimeExport("SystemNative_Malloc")] static byte* Mal(nuint n)=>A(n);
 [RuntimeExport("SystemNative_Free")] static void Fre(byte* n) {}
 [RuntimeExport("SystemNative_Calloc")] static byte* Cal(nuint n, nuint m)=>A(n*m);
 [RuntimeExport("RhGetGeneration")] static int GG(nint o)=>0;
 [RuntimeExport("RhUpdateFrozenSegment")] static void UF(nint a, nint b, nint c) {}
 static byte* cur; static nuint left;
 static byte* A(nuint n) { n=(n+7)&~(nuint)7; if(left<n){ nuint c = n>(1<<20)? (n+4095)&~(nuint)4095 : 1<<20; cur=Platform.AllocatePages(c); left=c;} byte* r=cur; cur+=n; left-=n; return r; }
 static nint Obj(nint mt, nuint size) { byte* p = A(size) + 8; *(nint*)p = mt; return (nint)p; }
 [RuntimeExport("RhpNewFast")] static nint New(nint mt) => Obj(mt, *(uint*)(mt+4));
 [RuntimeExport("RhpNewFinalizable")] static nint NewF(nint mt) => Obj(mt, *(uint*)(mt+4));
 [RuntimeExport("RhpNewArrayFast")] static nint NewA(nint mt, nint n) { nint o = Obj(mt, (nuint)(*(uint*)(mt+4) + (nint)(*(ushort*)mt)*n)); *(int*)(o+8)=(int)n; return o; }
 [RuntimeExport("RhpNewPtrArrayFast")] static nint NewP(nint mt, nint n) => NewA(mt,n);
 [RuntimeExport("RhNewString")] static nint NewS(nint mt, nint n) => NewA(mt,n);
 [RuntimeExport("RhAllocateNewArray")] static void NewArr(nint mt, uint n, uint f, nint* r) { *r = NewA(mt,(nint)n); }
 [RuntimeExport("RhAllocateNewObject")] static void NewObj(nint mt, uint f, nint* r) { *r = New(mt); }
 [RuntimeExport("RhpHandleAlloc")] static nint HA(nint o, int t) { nint* h=(nint*)A(8); *h=o; return (nint)h; }
 [RuntimeExport("RhpHandleAllocDependent")] static nint HD(nint o, nint s) { nint* h=(nint*)A(16); *h=o; h[1]=s; return (nint)h; }
 [RuntimeExport("RhHandleFree")] static void HF(nint h) {}
 [RuntimeExport("RhHandleSet")] static void HS(nint* h, nint o) { *h=o; }
 [RuntimeExport("RhHandleGetDependent")] static nint HGD(nint* h, nint* s) { *s=h[1]; return h[0]; }
 [RuntimeExport("RhRegisterFrozenSegment")] static nint RF(nint a, nint b, nint c, nint d) => 1;
 [RuntimeExport("RhRegisterInlinedThreadStaticRoot")] static void RI(nint a, nint b) {}
 [RuntimeExport("RhpCollect")] static void C(int g,int m,int l) {}
 [RuntimeExport("RhSuppressFinalize")] static void SF(nint o) {}
 [RuntimeExport("RhGetGcCollectionCount")] static int GCC(int g)=>0;
 [RuntimeExport("RhGetMaxGcGeneration")] static int GMG()=>0;
 [RuntimeExport("RhGetMemoryInfo")] static void GMI(nint a, int k) {}
 [RuntimeExport("RhReRegisterForFinalize")] static void RRF(nint o) {}
 [RuntimeExport("RhpEndNoGCRegion")] static int ENR()=>0;
 [RuntimeExport("RhpStartNoGCRegion")] static int SNR(long a,int b,long c,int d)=>0;
 [RuntimeExport("RhpGetGcTotalMemory")] static long GTM()=>0;
 [RuntimeExport("RhpGetNextFinalizableObject")] static nint GNF()=>0;
 [RuntimeExport("RhpSignalFinalizationComplete")] static void SFC(uint a, int b) {}
 [RuntimeExport("RhpWaitForFinalizerRequest")] static uint WFR()=>0;
}
