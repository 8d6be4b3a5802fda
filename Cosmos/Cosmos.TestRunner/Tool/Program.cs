using System.CommandLine;
using Cosmos.TestRunner.Tool;

RootCommand root = new("Boots kernels in QEMU and reports what became of them.");
root.Subcommands.Add(RunCommand.Create());
root.Subcommands.Add(WatchCommand.Create());
return root.Parse(args).Invoke();
