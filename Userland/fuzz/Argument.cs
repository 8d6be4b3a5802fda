namespace MemOS.Fuzz;

/// <summary>What an argument of a call is, so that one can be made that is nearly right.</summary>
internal enum Argument : byte
{
    /// <summary>One byte that names something: a right, a mode, a signal.</summary>
    Kind,

    /// <summary>Two bytes of anything.</summary>
    Short,

    /// <summary>Four bytes of anything.</summary>
    Word,

    /// <summary>Milliseconds in two bytes: few.</summary>
    ShortTime,

    /// <summary>Milliseconds in four bytes: few.</summary>
    Time,

    /// <summary>Eight bytes of anything.</summary>
    Long,

    /// <summary>An address.</summary>
    Address,

    /// <summary>A number of bytes.</summary>
    Bytes,

    /// <summary>A number of pages.</summary>
    Pages,

    /// <summary>The number of a segment.</summary>
    Segment,

    /// <summary>The number of a process.</summary>
    Process,

    /// <summary>The number of a job of the caller's, or none.</summary>
    Job,

    /// <summary>Where a handler begins.</summary>
    Handler,

    /// <summary>The top of a stack.</summary>
    Stack,

    /// <summary>An address and a number of bytes.</summary>
    Buffer,

    /// <summary>A buffer that holds a program's name.</summary>
    Name,

    /// <summary>A buffer that is empty or cannot be read: what the console would show.</summary>
    NoText,

    /// <summary>One byte that no mode is: it would end the machine.</summary>
    NoMode,
}
