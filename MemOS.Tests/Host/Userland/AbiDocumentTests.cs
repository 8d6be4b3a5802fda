using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Tests.Host.Userland;

/// <summary>docs/abi.md and MemOS/Abi say the same, in both directions.</summary>
public sealed partial class AbiDocumentTests
{
    private const string Calls = "Calls";
    private const string General = "all";

    private static readonly AbiDocument Document = AbiDocument.Read();

    private static readonly Dictionary<SyscallCode, int> BlockBytes = new()
    {
        [SyscallCode.HandleSignal] = Unsafe.SizeOf<HandleSignalBlock>(),
        [SyscallCode.UnhandleSignal] = Unsafe.SizeOf<SignalBlock>(),
        [SyscallCode.IsSignalHandled] = Unsafe.SizeOf<SignalBlock>(),
        [SyscallCode.Ready] = Unsafe.SizeOf<PlainBlock>(),
        [SyscallCode.SignalDone] = Unsafe.SizeOf<SignalDoneBlock>(),
        [SyscallCode.MemAlloc] = Unsafe.SizeOf<AllocateBlock>(),
        [SyscallCode.MemFree] = Unsafe.SizeOf<FreeBlock>(),
        [SyscallCode.VirtMemAms] = Unsafe.SizeOf<PairBlock>(),
        [SyscallCode.BackedAms] = Unsafe.SizeOf<BackBlock>(),
        [SyscallCode.ShareAms] = Unsafe.SizeOf<ShareBlock>(),
        [SyscallCode.AmsSharingInfo] = Unsafe.SizeOf<ValueBlock>(),
        [SyscallCode.UnshareAms] = Unsafe.SizeOf<PairBlock>(),
        [SyscallCode.MapAms] = Unsafe.SizeOf<MapBlock>(),
        [SyscallCode.UnmapAms] = Unsafe.SizeOf<PairBlock>(),
        [SyscallCode.DeviceAms] = Unsafe.SizeOf<DeviceBlock>(),
        [SyscallCode.ListDevices] = Unsafe.SizeOf<BufferBlock>(),
        [SyscallCode.CreateProcess] = Unsafe.SizeOf<ValueBlock>(),
        [SyscallCode.WaitChildProcess] = Unsafe.SizeOf<ChildBlock>(),
        [SyscallCode.KillChildProcess] = Unsafe.SizeOf<ChildBlock>(),
        [SyscallCode.GetPid] = Unsafe.SizeOf<PlainBlock>(),
        [SyscallCode.HandOver] = Unsafe.SizeOf<PlainBlock>(),
        [SyscallCode.Exit] = Unsafe.SizeOf<ValueBlock>(),
        [SyscallCode.CreateThread] = Unsafe.SizeOf<CreateThreadBlock>(),
        [SyscallCode.WaitWord] = Unsafe.SizeOf<WaitWordBlock>(),
        [SyscallCode.WakeWord] = Unsafe.SizeOf<WakeWordBlock>(),
        [SyscallCode.ExitThread] = Unsafe.SizeOf<ShortBlock>(),
        [SyscallCode.CreateJob] = Unsafe.SizeOf<CreateJobBlock>(),
        [SyscallCode.JobInfo] = Unsafe.SizeOf<ValueBufferBlock>(),
        [SyscallCode.ListJobs] = Unsafe.SizeOf<BufferBlock>(),
        [SyscallCode.SetJobLimits] = Unsafe.SizeOf<JobLimitsBlock>(),
        [SyscallCode.EndJob] = Unsafe.SizeOf<JobTimeBlock>(),
        [SyscallCode.WaitJob] = Unsafe.SizeOf<JobTimeBlock>(),
        [SyscallCode.SetForeground] = Unsafe.SizeOf<ValueBlock>(),
        [SyscallCode.KeepRunning] = Unsafe.SizeOf<PlainBlock>(),
        [SyscallCode.ConsoleWrite] = Unsafe.SizeOf<BufferBlock>(),
        [SyscallCode.ConsoleRead] = Unsafe.SizeOf<ConsoleReadBlock>(),
        [SyscallCode.Spawn] = Unsafe.SizeOf<SpawnBlock>(),
        [SyscallCode.ReadClock] = Unsafe.SizeOf<PlainBlock>(),
        [SyscallCode.ListProcesses] = Unsafe.SizeOf<BufferBlock>(),
        [SyscallCode.ListRegions] = Unsafe.SizeOf<ValueBufferBlock>(),
        [SyscallCode.ReadLog] = Unsafe.SizeOf<BufferBlock>(),
        [SyscallCode.CountMemory] = Unsafe.SizeOf<PlainBlock>(),
        [SyscallCode.AuditMemory] = Unsafe.SizeOf<PlainBlock>(),
        [SyscallCode.LimitMemory] = Unsafe.SizeOf<PairBlock>(),
        [SyscallCode.Shutdown] = Unsafe.SizeOf<ShutdownBlock>(),
        [SyscallCode.SetThreadPointer] = Unsafe.SizeOf<ValueBlock>(),
        [SyscallCode.FillRandom] = Unsafe.SizeOf<BufferBlock>(),
        [SyscallCode.Sleep] = Unsafe.SizeOf<ShortBlock>(),
        [SyscallCode.ListEntries] = Unsafe.SizeOf<BufferBlock>(),
        [SyscallCode.ListPrograms] = Unsafe.SizeOf<BufferBlock>(),
    };

    public static TheoryData<Type> Types =>
        [.. typeof(SyscallCode).Assembly.GetExportedTypes()
            .Where(type => !type.IsNested && type != typeof(SyscallCode)
                && type != typeof(ErrorText))];

    [Fact]
    public void The_table_of_calls_has_every_call_in_the_order_of_codes() =>
        Assert.Equal(
            Enum.GetValues<SyscallCode>().Select(code => $"0x{(byte)code:X2} {NameOf(code)}"),
            Document.Table(Calls).Select(row => $"{row[0]} {row[1]}"));

    [Fact]
    public void A_block_is_as_long_as_its_code_and_arguments() =>
        Assert.Equal(
            BlockBytes.OrderBy(one => one.Key).Select(one => (NameOf(one.Key), one.Value)),
            Document.Table(Calls).Select(row => (row[1], 1 + ArgumentBytes(row[2]))));

    [Fact]
    public void No_block_is_longer_than_the_longest() =>
        Assert.InRange(BlockBytes.Values.Max(), 1, SyscallConvention.LongestBlock);

    [Fact]
    public void Calls_and_errors_name_one_another()
    {
        IEnumerable<string> byCall = Document.Table(Calls)
            .SelectMany(row => AbiDocument.List(row[4]).Select(code => $"{code} {row[1]}"));
        IEnumerable<string> byError = Document.Table(nameof(ErrorCode))
            .Where(row => row[2] != General)
            .SelectMany(row => AbiDocument.List(row[2]).Select(call => $"{row[0]} {call}"));
        Assert.Equal(byCall.Order(), byError.Order());
    }

    [Fact]
    public void Every_error_has_words_for_the_calls_that_give_it()
    {
        Dictionary<string, SyscallCode> codes =
            Enum.GetValues<SyscallCode>().ToDictionary(NameOf);
        foreach (string[] row in Document.Table(nameof(ErrorCode)))
        {
            ErrorCode error = (ErrorCode)AbiDocument.Number(row[0]);
            IEnumerable<string> calls = row[2] == General ? codes.Keys : AbiDocument.List(row[2]);
            Assert.All(calls, call =>
                Assert.DoesNotContain("abi.md", ErrorText.Of(codes[call], error)));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_of_the_code_is_in_the_document(Type type)
    {
        IEnumerable<string[]> rows = Document.Table(type.Name);
        if (type.IsEnum)
            Assert.Equal(Members(type), rows.Select(row => (AbiDocument.Number(row[0]), row[1])));
        else if (type.IsValueType)
            Assert.Equal(Layout(type), rows.Select(row => string.Join(' ', row[..3]).TrimEnd()));
        else
            Assert.Equal(Constants(type), rows.Select(row => (row[0], AbiDocument.Number(row[1]))));
    }

    [Fact]
    public void Every_type_of_the_document_is_in_the_code()
    {
        string[] types = [.. typeof(SyscallCode).Assembly.GetExportedTypes().Select(t => t.Name)];
        string[] others =
        [
            "Calling", Calls, "How a program begins", "Signals",
            "Segments with a backer",
        ];
        Assert.Subset(
            types.Concat(others).ToHashSet(), Document.Headings.ToHashSet());
    }

    private static string NameOf(SyscallCode code) =>
        LaterCapital().Replace(code.ToString(), "_$0").ToUpperInvariant();

    private static int ArgumentBytes(string arguments) => AbiDocument.List(arguments)
        .Sum(one => int.Parse(Bytes().Match(one).Groups[1].Value, CultureInfo.InvariantCulture));

    // By reflection, since several members may share a value.
    private static IEnumerable<(ulong Value, string Name)> Members(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field =>
            (Convert.ToUInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture),
                field.Name));

    private static IEnumerable<(string Name, ulong Value)> Constants(Type type) =>
        Members(type).Select(member => (member.Name, member.Value));

    private static IEnumerable<string> Layout(Type type)
    {
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            Type kind = field.FieldType.IsEnum
                ? Enum.GetUnderlyingType(field.FieldType)
                : field.FieldType;
            nint offset = Marshal.OffsetOf(type, field.Name);
            yield return $"{offset} {Marshal.SizeOf(kind)} {field.Name}";
        }
        yield return $"{Marshal.SizeOf(type)}";
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex LaterCapital();

    [GeneratedRegex(@"\(([0-9]+)\)$")]
    private static partial Regex Bytes();
}
