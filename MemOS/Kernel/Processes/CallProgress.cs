using Cosmos.Runtime.Heap;
using MemOS.Backers;
using MemOS.Memory.Addresses;

namespace MemOS.Processes;

/// <summary>
/// What a thread keeps of a system call that is parked or starts over, until the call is finished.
/// </summary>
internal struct CallProgress
{
    /// <summary>
    /// When the call gives up, in nanoseconds since the start; null until it asks. Set once a call,
    /// so that a restart does not begin anew.
    /// </summary>
    internal ulong? Deadline { get; set; }

    /// <summary>
    /// How much a call has done that goes on with the rest: bytes, threads, records or steps. 0
    /// before its first piece.
    /// </summary>
    // A field, as it is changed in place.
    internal ulong Done;

    /// <summary>The number of the process or job that a list came to last; 0 at its start.
    /// </summary>
    internal ulong Last { get; set; }

    /// <summary>
    /// The pages that it goes on with, or those that it came to last; what it is about says which.
    /// </summary>
    internal PageRange Pages { get; set; }

    /// <summary>The collection that the call is put off for, or was; once a call.</summary>
    internal CollectionTicket Collection { get; set; }

    /// <summary>
    /// Why the page was not supplied that the call needs; when it starts over, it does not wait for
    /// that page again.
    /// </summary>
    internal BackerFailure PageFailure { get; set; }

    /// <summary>Which page that is, if there is a failure.</summary>
    internal Page FailedPage { get; set; }
}
