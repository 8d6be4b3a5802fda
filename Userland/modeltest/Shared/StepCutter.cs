using System;

namespace MemOS.Tests.Model;

/// <summary>Cuts a history that fails down to a few steps that fail as well.</summary>
internal static class StepCutter
{
    /// <summary>
    /// Leaves out parts, the long ones first, as long as what is left still fails.
    /// </summary>
    /// <param name="steps">A history that fails.</param>
    /// <param name="fails">Runs one.</param>
    /// <param name="most">How often to run at most.</param>
    public static TStep[] Cut<TStep>(TStep[] steps, Func<TStep[], bool> fails, int most)
    {
        TStep[] least = steps;
        for (int part = Math.Max(1, steps.Length / 2); part > 0; part /= 2)
        {
            for (int at = 0; at + part <= least.Length && most > 0; most--)
            {
                TStep[] less = [.. least[..at], .. least[(at + part)..]];
                if (fails(less))
                    least = less;
                else
                    at += part;
            }
        }
        return least;
    }
}
