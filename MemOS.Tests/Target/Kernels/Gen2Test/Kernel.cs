using System;
using System.Collections.Generic;
using System.Text;
using Cosmos.Common.Extensions;
using Cosmos.Core;
using Cosmos.Core.Memory;
using Cosmos.Debug.Kernel;
using Cosmos.TestRunner;
using Sys = Cosmos.System;

namespace Gen2Test
{
    public class Kernel : Sys.Kernel
    {
        private static int mTicks;
        private int mRuns;

        protected override void OnBoot()
        {
            base.OnBoot();
            mDebugger.Send("OnBoot");
        }

        protected override void BeforeRun()
        {
            Console.WriteLine("Cosmos booted successfully. Starting tests now please wait...");
        }

        protected override void Run()
        {
            try
            {
                mDebugger.Send("Run");
                mRuns++;
                Assert.AreEqual(1, mRuns, "Run is called once so far");

                TestStrings();
                TestCollections();
                TestMemory();
                TestBlocks();
                TestProcessor();
                TestInterrupts();
                TestSystem();

                TestController.Completed();
            }
            catch (Exception e)
            {
                mDebugger.Send("Exception occurred: " + e.Message);
                Console.WriteLine("Exception occurred");
                Console.WriteLine(e.Message);
                TestController.Failed();
            }
        }

        private void TestStrings()
        {
            string text = "Cosmos";
            Assert.AreEqual(6, text.Length, "String.Length works");
            Assert.IsTrue(text.Contains("smo"), "String.Contains works");
            Assert.IsFalse(text == "cosmos", "String comparison is by case");
            Assert.AreEqual("2A", ((byte)42).ToHex(), "ToHex of a byte gives two digits");
            Assert.AreEqual("0x002A", "0x" + 42.ToHex(), "ToHex of an int gives four digits");
            Assert.AreEqual("0000002A", 42u.ToHex(), "ToHex of a uint gives eight digits");
            Assert.AreEqual("00002A", 42u.ToHex(6), "ToHex takes a width");
            Assert.AreEqual("2A", 42ul.ToHex(false), "ToHex of a ulong can leave zeros out");

            var bytes = new byte[4];
            bytes.SetUInt16(1, 0x1234);
            Assert.AreEqual(0x34, bytes[1], "SetUInt16 writes the low byte first");
            Assert.AreEqual(0x12, bytes[2], "SetUInt16 writes the high byte next");

            var builder = new StringBuilder();
            builder.Append("a");
            builder.Append(1);
            Assert.AreEqual("a1", builder.ToString(), "StringBuilder works");
        }

        private void TestCollections()
        {
            var list = new List<string>();
            list.Add("one");
            list.Add("two");
            Assert.AreEqual(2, list.Count, "List.Count works");
            foreach (var item in list)
            {
                Assert.IsTrue(item.Length == 3, "foreach over a List works");
            }

            var dictionary = new Dictionary<string, int>();
            dictionary.Add("one", 1);
            Assert.IsTrue(dictionary.ContainsKey("one"), "Dictionary.ContainsKey works");
        }

        private unsafe void TestMemory()
        {
            byte* block = Heap.Alloc(100);
            for (int i = 0; i < 100; i++)
            {
                block[i] = (byte)i;
            }
            Assert.AreEqual(99, block[99], "Heap.Alloc gives memory");
            block = Heap.Realloc(block, 5000);
            Assert.AreEqual(99, block[99], "Heap.Realloc keeps what is there");
            Assert.AreEqual(0, block[4999], "Heap.Realloc gives zeroed memory");
            Heap.Free(block);

            for (int i = 0; i < 1000; i++)
            {
                new List<int>().Add(i);
            }
            int freed = Heap.Collect();
            Assert.IsTrue(freed >= 1000, "Heap.Collect says how many objects went");

            GCImplementation.Init();
            var address = GCImplementation.AllocNewObject(64);
            Assert.IsTrue(address != 0, "GCImplementation.AllocNewObject gives memory");
            Heap.Free((void*)address);
            var unused = new byte[1000];
            GCImplementation.Free(unused);
            uint used = GCImplementation.GetUsedRAM();
            Assert.IsTrue(used > 0, "GCImplementation.GetUsedRAM is in bytes");
            Assert.IsTrue(GCImplementation.GetAvailableRAM() > 0, "there is memory");

            uint before = RAT.FreePageCount;
            void* pages = RAT.AllocPages(RAT.PageType.Unmanaged, 3);
            Assert.IsTrue(RAT.FreePageCount == before - 3, "RAT.AllocPages takes pages");
            Assert.IsTrue(
                RAT.GetPageType((byte*)pages + RAT.PageSize) == RAT.PageType.Unmanaged,
                "RAT.GetPageType sees the second page too");
            Assert.AreEqual(0, *((byte*)pages + 2 * RAT.PageSize), "pages come zeroed");
            RAT.Free(pages);
            Assert.IsTrue(RAT.FreePageCount == before, "RAT.Free gives them back");
            Assert.IsTrue(RAT.GetPageCount((byte)RAT.PageType.Empty) == before,
                "RAT.GetPageCount counts free pages");
        }

        private void TestBlocks()
        {
            var managed = new ManagedMemoryBlock(64, 16);
            Assert.IsTrue(managed.Offset % 16 == 0, "ManagedMemoryBlock is aligned");
            managed[15] = 7;
            Assert.AreEqual(7, managed[15], "ManagedMemoryBlock keeps bytes");
            managed.Write32(4, 0x12345678);
            Assert.AreEqual(0x5678, managed.Read16(4), "ManagedMemoryBlock is little-endian");
            managed.WriteString(20, "abc");
            Assert.AreEqual((byte)'c', managed[22], "ManagedMemoryBlock.WriteString works");

            var target = new ManagedMemoryBlock(64);
            var view = new MemoryBlock((nuint)target.Offset, target.Size);
            Assert.IsTrue(view.Size == 64, "MemoryBlock.Size works");
            view.Fill(0x01020304u);
            Assert.AreEqual(4, target[60], "MemoryBlock.Fill writes whole units");
            view.Bytes[1] = 9;
            view.Words[2] = 0x0807;
            view.DWords[8] = 0x0D0C0B0A;
            Assert.AreEqual(9, target[1], "MemoryBlock.Bytes works");
            Assert.AreEqual(8, target[3], "MemoryBlock.Words works");
            Assert.AreEqual(0x0D, target[11], "MemoryBlock.DWords works");
            var bytes = new byte[] { 1, 2, 3, 4 };
            int start = 16;
            view.Copy(start, bytes, 1, 3);
            Assert.AreEqual(4, target[18], "MemoryBlock.Copy works");
            var back = new byte[3];
            view.Get(start, back, 0, 3);
            Assert.AreEqual(new byte[] { 2, 3, 4 }, back, "MemoryBlock.Get works");

            var from = new int[] { 1, 2, 3 };
            var to = new int[3];
            MemoryOperations.Copy(to, from);
            Assert.AreEqual(from, to, "MemoryOperations.Copy works");
            MemoryOperations.Fill(to, 5);
            Assert.AreEqual(new int[] { 5, 5, 5 }, to, "MemoryOperations.Fill works");
        }

        private unsafe void TestProcessor()
        {
            Assert.IsTrue(CPU.GetAmountOfRAM() >= 16, "CPU.GetAmountOfRAM is in megabytes");
            Assert.IsTrue(CPU.GetCPUVendorName().Length == 12, "CPU.GetCPUVendorName works");
            Assert.IsTrue(CPU.GetCPUBrandString().Length > 0, "CPU.GetCPUBrandString works");
            Assert.AreEqual(2400000000, CPU.EstimateCPUSpeedFromName("A CPU @ 2.40GHz"),
                "CPU.EstimateCPUSpeedFromName works");
            ulong first = CPU.GetCPUUptime();
            CPU.Halt();
            Assert.IsTrue(CPU.GetCPUUptime() > first, "CPU.Halt ends with an interrupt");
            int eax = 0, ebx = 0, ecx = 0, edx = 0;
            CPU.ReadCPUID(1, ref eax, ref ebx, ref ecx, ref edx);
            Assert.IsTrue((edx & 1) == 1, "CPU.ReadCPUID sees a floating point unit");
            RawMemoryMapBlock* largest = CPU.GetLargestMemoryBlock();
            Assert.IsTrue(largest->Length > 0 && largest->Type == 1, "there is usable memory");
            Assert.IsTrue(CPU.GetMemoryMap().Length > 1, "there is a memory map");

            // The clock chip's minutes.
            IOPort.Write8(0x70, 0x02);
            byte minutes = IOPort.Read8(0x71);
            Assert.IsTrue(minutes < 0x60, "IOPort.Write8 and IOPort.Read8 reach devices");
            IOPort.Wait();

            CPU.DisableInterrupts();
            Assert.IsFalse(InterruptsEnabled, "interrupts can be off");
            CPU.EnableInterrupts();
            Assert.IsTrue(InterruptsEnabled, "and on");
        }

        private void TestInterrupts()
        {
            INTs.SetIrqHandler(0x08, CountTick);
            // The clock chip's own interrupt, 1024 times a second.
            IOPort.Write8(0x70, 0x0B);
            byte status = IOPort.Read8(0x71);
            IOPort.Write8(0x70, 0x0B);
            IOPort.Write8(0x71, (byte)(status | 0x40));
            for (int i = 0; i < 1000 && mTicks < 2; i++)
            {
                CPU.Halt();
            }
            IOPort.Write8(0x70, 0x0B);
            IOPort.Write8(0x71, status);
            INTs.SetIrqHandler(0x08, null);
            Assert.IsTrue(mTicks >= 2, "INTs.SetIrqHandler has a handler called");
        }

        private static void CountTick(ref INTs.IRQContext aContext)
        {
            mTicks++;
            // Until this is read there is no further interrupt.
            IOPort.Write8(0x70, 0x0C);
            IOPort.Read8(0x71);
        }

        private void TestSystem()
        {
            Assert.IsFalse(Sys.KeyboardManager.KeyAvailable, "no key was pressed");
            Assert.IsFalse(Sys.KeyboardManager.TryReadKey(out Sys.KeyEvent none), "so none is read");
            Assert.IsFalse(Sys.KeyboardManager.ControlPressed, "no key is held");
            Sys.KeyboardManager.SetKeyLayout(new Sys.ScanMaps.DEStandardLayout());
            Assert.IsTrue(Sys.KeyboardManager.GetKey(0x2C, out Sys.KeyEvent key), "there is a key");
            Assert.AreEqual("y", key.KeyChar.ToString(), "in Germany it is another one");
            Sys.KeyboardManager.SetKeyLayout(new Sys.ScanMaps.USStandardLayout());
            Sys.Global.CapsLock = true;
            Assert.IsTrue(Sys.KeyboardManager.CapsLock, "Global and KeyboardManager agree");
            Sys.Global.CapsLock = false;

            var debugger = new Debugger("User", "Test");
            debugger.Send("a message for the debugger");
            debugger.SendNumber(42);
            Sys.Global.mDebugger.Send("a message of the system");
            PrintDebug("a message of the kernel");
            Assert.Succeed("The debugger took it");
        }
    }
}
