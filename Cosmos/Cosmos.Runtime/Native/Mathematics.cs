using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Native;

/// <summary>
/// The C library's mathematics where infinities, zeros and signs decide (ISO C, annex F);
/// Math.asm has the rest.
/// </summary>
internal static unsafe class Mathematics
{
    // From here on a double has no fraction.
    private const double FirstWhole = 4503599627370496.0;

    [RuntimeExport("modf")]
    private static double SplitFraction(double value, double* whole)
    {
        *whole = Truncate(value);
        return double.IsInfinity(value) ? Math.CopySign(0.0, value) : value - *whole;
    }

    [RuntimeExport("trunc")]
    private static double Truncate(double value)
    {
        if (!(Math.Abs(value) < FirstWhole))
            return value;
        return Math.CopySign((double)(long)value, value);
    }

    [RuntimeExport("floor")]
    private static double Floor(double value)
    {
        double whole = Truncate(value);
        return whole > value ? whole - 1.0 : whole;
    }

    [RuntimeExport("ceil")]
    private static double Ceiling(double value)
    {
        double whole = Truncate(value);
        return whole < value ? Math.CopySign(whole + 1.0, value) : whole;
    }

    [RuntimeExport("floorf")]
    private static float FloorSingle(float value) => (float)Floor(value);

    [RuntimeExport("ceilf")]
    private static float CeilingSingle(float value) => (float)Ceiling(value);

    [RuntimeExport("truncf")]
    private static float TruncateSingle(float value) => (float)Truncate(value);

    [RuntimeExport("exp")]
    private static double Exponential(double value)
    {
        if (double.IsNaN(value))
            return value;
        if (double.IsInfinity(value))
            return value > 0 ? value : 0.0;
        return ExponentialOfFinite(value);
    }

    [RuntimeExport("expf")]
    private static float ExponentialSingle(float value) => (float)Exponential(value);

    [RuntimeExport("sinh")]
    private static double HyperbolicSine(double value)
    {
        // Below this the two exponentials cancel; the series ends within a double's precision.
        const double Small = 1e-3;
        double square = value * value;
        return Math.Abs(value) < Small
            ? value * (1.0 + (square / 6.0 * (1.0 + (square / 20.0))))
            : (Exponential(value) - Exponential(-value)) / 2.0;
    }

    [RuntimeExport("cosh")]
    private static double HyperbolicCosine(double value) =>
        (Exponential(value) + Exponential(-value)) / 2.0;

    [RuntimeExport("tanh")]
    private static double HyperbolicTangent(double value)
    {
        // From here on the result is 1 to a double's precision.
        const double Flat = 22.0;
        if (Math.Abs(value) > Flat)
            return Math.CopySign(1.0, value);
        return HyperbolicSine(value) / HyperbolicCosine(value);
    }

    [RuntimeExport("cbrt")]
    private static double CubeRoot(double value)
    {
        if (value == 0.0 || !double.IsFinite(value))
            return value;
        double root = PowerOfPositive(Math.Abs(value), 1.0 / 3.0);
        // One Newton step takes the last bits of 1/3 out of the result.
        root -= ((root * root * root) - Math.Abs(value)) / (3.0 * root * root);
        return Math.CopySign(root, value);
    }

    [RuntimeExport("powf")]
    private static float PowerSingle(float x, float y) => (float)Power(x, y);

    [RuntimeExport("pow")]
    private static double Power(double x, double y)
    {
        if (y == 0.0 || x == 1.0)
            return 1.0;
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.NaN;
        if (double.IsInfinity(y))
            return PowerOfInfinite(Math.Abs(x), y);
        bool odd = IsOddWhole(y);
        if (x == 0.0 || double.IsInfinity(x))
        {
            double size = (x == 0.0) == (y > 0) ? 0.0 : double.PositiveInfinity;
            return odd ? Math.CopySign(size, x) : size;
        }
        if (x > 0)
            return PowerOfPositive(x, y);
        if (y != Truncate(y))
            return double.NaN;
        double power = PowerOfPositive(-x, y);
        return odd ? -power : power;
    }

    private static double PowerOfInfinite(double size, double y)
    {
        if (size == 1.0)
            return 1.0;
        return size > 1.0 == y > 0 ? double.PositiveInfinity : 0.0;
    }

    private static bool IsOddWhole(double value) =>
        Math.Abs(value) < 2 * FirstWhole && value == Truncate(value) && ((long)value & 1) != 0;

    [RuntimeImport("*", "CosmosExp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double ExponentialOfFinite(double value);

    [RuntimeImport("*", "CosmosPow")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern double PowerOfPositive(double x, double y);
}
