using Xunit;

// Each machine keeps a processor busy, and the tests are meant for two.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
