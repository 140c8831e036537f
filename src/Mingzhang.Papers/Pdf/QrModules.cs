using QRCoder;

namespace Mingzhang.Papers.Pdf;

/// <summary>The dark modules of a QR code with its quiet zone of four modules at every side.</summary>
internal static class QrModules
{
    /// <summary>How many modules a side has, and the runs of dark ones in each row from the left.</summary>
    /// <param name="text">What the code holds; a seventh of it may be lost (level M).</param>
    public static (int Side, IReadOnlyList<(int Row, int From, int Length)> Runs) Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var runs = new List<(int Row, int From, int Length)>();
        for (var row = 0; row < rows.Count; row++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[row][x])
                {
                    continue;
                }

                if (runs is [.., var (last, from, length)] && last == row && from + length == x)
                {
                    runs[^1] = (row, from, length + 1);
                }
                else
                {
                    runs.Add((row, x, 1));
                }
            }
        }

        return (rows.Count, runs);
    }
}
