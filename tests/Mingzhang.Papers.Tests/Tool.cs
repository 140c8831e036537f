using System.Diagnostics;

namespace Mingzhang.Papers;

/// <summary>Programs that read what is printed: poppler-utils, qpdf, zbar-tools.</summary>
internal static class Tool
{
    /// <summary>What one prints; the test is skipped when it is not installed.</summary>
    public static string Output(string tool, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{tool} is not installed");
            return "";
        }
    }
}
