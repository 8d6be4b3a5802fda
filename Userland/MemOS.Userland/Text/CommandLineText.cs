using System.Collections.Generic;
using System.Text;

namespace MemOS.Userland.Text;

/// <summary>Takes a typed command apart into words.</summary>
public static class CommandLineText
{
    /// <summary>Splits at blanks; double quotes keep blanks together.</summary>
    /// <param name="line">Any text; a quote that is not closed reaches to the end.</param>
    public static string[] Split(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isQuoted = false;
        bool isWord = false;
        foreach (char character in line)
        {
            if (character == '"')
            {
                isQuoted = !isQuoted;
                isWord = true;
            }
            else if (isQuoted || !char.IsWhiteSpace(character))
            {
                word.Append(character);
                isWord = true;
            }
            else if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }
        if (isWord)
            words.Add(word.ToString());
        return [.. words];
    }
}
