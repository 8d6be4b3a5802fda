using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using IL2CPU;

Option<ImageKind> kind = new("--kind") { Required = true };
Option<string> entry = new("--entry") { Required = true };
Option<string[]> references = new("--reference") { AllowMultipleArgumentsPerToken = true };
Option<string> output = new("--out") { Required = true };
Option<string> ilc = new("--ilc") { Required = true };
Option<string> framework = new("--framework") { Required = true };
Option<ulong?> seed = new("--seed");
Option<string> target = new("--target") { Required = true };
Option<string?> grub = new("--grub");
Option<string[]> programs = new("--program") { AllowMultipleArgumentsPerToken = true };
Option<string[]> files = new("--file") { AllowMultipleArgumentsPerToken = true };

Command build = new("build", "Builds a kernel's or a program's image.")
{
    kind, entry, references, output, ilc, framework, seed, target, grub, programs, files,
};
build.SetAction(parsed =>
{
    try
    {
        Build.Run(new BuildOptions
        {
            Kind = parsed.GetValue(kind),
            Entry = parsed.GetValue(entry)!,
            References = parsed.GetValue(references) ?? [],
            Output = parsed.GetValue(output)!,
            IlcPackage = parsed.GetValue(ilc)!,
            FrameworkPackage = parsed.GetValue(framework)!,
            Seed = parsed.GetValue(seed),
            Target = parsed.GetValue(target)!,
            GrubConfiguration = parsed.GetValue(grub),
            Programs = Pairs(parsed.GetValue(programs)),
            Files = Pairs(parsed.GetValue(files)),
        });
        return 0;
    }
    catch (BuildError error)
    {
        Console.Error.WriteLine(error.ToBuildMessage());
        return 1;
    }
});

return new RootCommand("Compiles C# kernels and programs to images.") { build }
    .Parse(args).Invoke();

static Dictionary<string, string> Pairs(string[]? values) =>
    (values ?? []).Select(one => one.Split('=', 2)).ToDictionary(one => one[0], one => one[1]);
