namespace MemOS.Abi;

/// <summary>What a job is doing.</summary>
public enum JobState : byte
{
    /// <summary>Processes can be started in it.</summary>
    Open = 0,

    /// <summary>END_JOB was called: no process can be started in it any more.</summary>
    Ending,
}

/// <summary>Whether a job has the console.</summary>
public enum Foreground : byte
{
    /// <summary>It does not.</summary>
    No = 0,

    /// <summary>It does: its processes read what is typed.</summary>
    Yes,
}
