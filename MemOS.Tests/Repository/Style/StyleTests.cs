using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace MemOS.Tests.Repository.Style;

/// <summary>What a formatter does not check: sizes that keep code readable.</summary>
public sealed class StyleTests
{
    private const int LineLimit = 100;
    private const int FunctionLimit = 70;
    private const int FileLimit = 400;

    [Fact]
    public void There_is_source_to_look_at() => Assert.True(SourceFile.All.Count > 50);

    [Fact]
    public void No_line_is_longer_than_100_columns() =>
        AssertNone(SourceFile.All.Where(f => !f.IsGen2).SelectMany(LongLines));

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        AssertNone(SourceFile.All
            .Where(f => f.Lines.Count > FileLimit)
            .Select(f => $"{f.Path}: {f.Lines.Count} lines"));

    [Fact]
    public void No_function_is_longer_than_70_lines() =>
        AssertNone(SourceFile.All.SelectMany(LongFunctions));

    [Fact]
    public void Nothing_is_left_for_later() =>
        AssertNone(SourceFile.All.SelectMany(f => f.Parse().DescendantTrivia()
            .Where(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia)
                || t.IsKind(SyntaxKind.MultiLineCommentTrivia))
            .Where(t => LaterWords.Any(w => t.ToString().Contains(w, StringComparison.Ordinal)))
            .Select(t => f.Place(LineOf(t.GetLocation())))));

    [Fact]
    public void The_memory_manager_and_the_performer_of_instructions_are_safe_code() =>
        AssertNone(SourceFile.All
            .Where(f => f.Path.StartsWith("MemOS/Memory/", StringComparison.Ordinal)
                || f.Path.StartsWith("MemOS/Instructions/", StringComparison.Ordinal))
            .SelectMany(f => f.Parse().DescendantTokens()
                .Where(t => t.IsKind(SyntaxKind.UnsafeKeyword))
                .Select(t => f.Place(LineOf(t.GetLocation())))));

    private static string[] LaterWords => ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X"];

    private static IEnumerable<string> LongLines(SourceFile file)
    {
        for (int line = 0; line < file.Lines.Count; line++)
        {
            if (file.Lines[line].Length > LineLimit) yield return file.Place(line);
        }
    }

    private static IEnumerable<string> LongFunctions(SourceFile file)
    {
        foreach (SyntaxNode node in file.Parse().DescendantNodes())
        {
            if (node is not (BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
                or LocalFunctionStatementSyntax))
            {
                continue;
            }

            // From the first token on: what stands above it is documentation.
            FileLinePositionSpan span = node.GetLocation().GetLineSpan();
            int lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (lines > FunctionLimit)
                yield return $"{file.Place(span.StartLinePosition.Line)}: {lines} lines";
        }
    }

    private static void AssertNone(IEnumerable<string> offenders)
    {
        string list = string.Join('\n', offenders);
        Assert.True(list.Length == 0, list);
    }

    private static int LineOf(Location location) =>
        location.GetLineSpan().StartLinePosition.Line;
}
