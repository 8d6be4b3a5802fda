namespace Cosmos.Core.Memory;

public static unsafe partial class RAT
{
    /// <summary>What a page is used for.</summary>
    public enum PageType : byte
    {
        /// <summary>Free.</summary>
        Empty = 0,

        /// <summary>Small objects of the heap.</summary>
        HeapSmall = 3,

        /// <summary>Objects of about a page.</summary>
        HeapMedium = 5,

        /// <summary>Objects of several pages.</summary>
        HeapLarge = 7,

        /// <summary>Memory without a heap.</summary>
        Unmanaged = 9,

        /// <summary>Page tables.</summary>
        PageDirectory = 11,

        /// <summary>The table of pages itself.</summary>
        PageAllocator = 32,

        /// <summary>Not memory, or taken by image, boot information and modules.</summary>
        Reserved = 64,

        /// <summary>Belongs to the allocation that starts before it.</summary>
        Extension = 128,
    }
}
