using System.Runtime;
using System.Runtime.InteropServices;

namespace Cosmos.Runtime;

/// <summary>
/// The compiled module as CoreLib asks for it: a header whose rows name the module's tables.
/// </summary>
/// <remarks>Layout: ReadyToRun header of Native AOT images; one module an image.</remarks>
internal static unsafe class ModuleTable
{
    /// <summary>Number of entries in the table of class library functions.</summary>
    internal const int ClasslibFunctions = 14;

    private static TypeManager _manager;

    [StructLayout(LayoutKind.Sequential)]
    private struct TypeManager
    {
        // CoreLib reads the first two fields through its TypeManagerHandle.
        internal nint OsModule;
        internal ModuleHeader* Header;
        internal nint* Classlib;
        internal uint ClasslibCount;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ModuleHeader
    {
        internal uint Signature;
        internal ushort MajorVersion;
        internal ushort MinorVersion;
        internal uint Flags;
        internal ushort SectionCount;
        internal byte EntrySize;
        internal byte EntryType;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SectionRow
    {
        internal int Id;
        internal int HasEnd;
        internal byte* Start;
        internal byte* End;
    }

    [RuntimeExport("RhpRegisterOsModule")]
    private static void RegisterOsModule(nint module)
    {
        // One image, whose addresses the linker script gives: nothing to remember.
        _ = module;
    }

    [RuntimeExport("RhpCreateTypeManager")]
    private static TypeManager* CreateTypeManager(
        nint osModule, ModuleHeader* header, nint* classlib, uint classlibCount)
    {
        const uint ReadyToRunSignature = 0x00525452;
        if (header->Signature != ReadyToRunSignature || header->EntrySize != sizeof(SectionRow))
            Platform.Fail("The module header is not one that this runtime knows.");
        fixed (TypeManager* manager = &_manager)
        {
            if (manager->Header != null)
                Platform.Fail("An image holds one managed module.");
            manager->OsModule = osModule;
            manager->Header = header;
            manager->Classlib = classlib;
            manager->ClasslibCount = classlibCount;
            return manager;
        }
    }

    [RuntimeExport("RhpGetModuleSection")]
    private static byte* GetModuleSection(TypeManager** handle, int id, int* length)
    {
        ModuleHeader* header = (*handle)->Header;
        SectionRow* rows = (SectionRow*)(header + 1);
        for (int i = 0; i < header->SectionCount; i++)
        {
            if (rows[i].Id != id)
                continue;
            *length = rows[i].HasEnd != 0 ? (int)(rows[i].End - rows[i].Start) : sizeof(void*);
            return rows[i].Start;
        }
        *length = 0;
        return null;
    }

    [RuntimeExport("RhFindBlob")]
    private static byte FindBlob(TypeManager** handle, int blob, byte** start, uint* length)
    {
        const int FirstBlobSection = 300;
        int bytes;
        *start = GetModuleSection(handle, FirstBlobSection + blob, &bytes);
        *length = (uint)bytes;
        return *start != null ? (byte)1 : (byte)0;
    }

    [RuntimeExport("RhpGetClasslibFunctionFromCodeAddress")]
    private static nint ClasslibFunctionFromCode(nint address, int id)
    {
        _ = address;
        return ClasslibFunction(id);
    }

    [RuntimeExport("RhpGetClasslibFunctionFromEEType")]
    private static nint ClasslibFunctionFromType(nint type, int id)
    {
        _ = type;
        return ClasslibFunction(id);
    }

    private static nint ClasslibFunction(int id) =>
        (uint)id < _manager.ClasslibCount ? _manager.Classlib[id] : 0;

    [RuntimeExport("RhGetOSModuleFromPointer")]
    private static nint OsModuleFromPointer(nint address)
    {
        _ = address;
        return _manager.OsModule;
    }

    [RuntimeExport("RhGetModuleFileName")]
    private static int ModuleFileName(nint module, byte** name)
    {
        _ = module;
        *name = null;
        return 0;
    }

    [RuntimeExport("RhGetKnobValues")]
    private static uint KnobValues(nint* keys, nint* values)
    {
        *keys = 0;
        *values = 0;
        return 0;
    }
}
