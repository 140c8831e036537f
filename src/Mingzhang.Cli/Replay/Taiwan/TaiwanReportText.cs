using System.Globalization;
using Spectre.Console;

namespace Mingzhang.Cli.Replay.Taiwan;

/// <summary>The replay's report for a person.</summary>
internal static class TaiwanReportText
{
    public static void Write(IAnsiConsole screen, TaiwanReport report)
    {
        screen.WriteLine();
        screen.Write(Figures(report));
        foreach (var difference in report.Differing)
        {
            screen.WriteLine(difference);
        }

        screen.WriteLine();
        screen.WriteLine("Delinquency: the data's PAY code (rows) against ours (columns), client-months May to September.");
        screen.Write(Matrix(report.Matrix));
        foreach (var line in MatrixWords.Explain(report.Matrix))
        {
            screen.WriteLine(" - " + line);
        }
    }

    private static Table Figures(TaiwanReport report)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        Row(table, "clients", Whole(report.Clients));
        Row(table, "statements", Whole(report.Statements));
        Row(table, "equal to BILL_AMT, to the unit", Whole(report.StatementsEqual));
        Row(table, "forced postings (above the limit)", Whole(report.Reading.Forced));
        Row(table, "trial balance, minor units", Whole(report.TrialBalanceMinor));
        Row(table, "mz verify", report.Verification.First is { } first ? $"NOT sound: {first}" : "sound");
        Row(table, "commands / days passed", $"{Whole(report.Counts.Commands)} / {Whole(report.Counts.DaysPassed)}");
        Row(table, "of these answered in an earlier run", Whole(report.Counts.Replayed));
        Row(table, "seconds, file to last statement / processor", $"{Seconds(report.Times.Driven)} / {Seconds(report.Times.DrivenCpu)}");
        Row(table, "commands and days a second", Whole((long)report.CommandsPerSecond));
        Row(table, "journal rows / events", $"{Whole(report.Reading.Rows)} / {Whole(report.Reading.Events)}");
        Row(table, "bytes / bytes an event",
            $"{Whole(report.Bytes)} / {report.BytesPerEvent.ToString("0.0", CultureInfo.InvariantCulture)}");
        Row(table, "April payments left out (towards March), TWD", Whole(report.AprilPaymentsLeftOut));
        if (report.Reading.Strangers > 0)
        {
            Row(table, "accounts that are no client of the file", Whole(report.Reading.Strangers));
        }

        return table;
    }

    private static Table Matrix(PayMatrix matrix)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("PAY");
        foreach (var name in Standing.Names)
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var (pay, counts) in matrix.Rows)
        {
            table.AddRow([pay.ToString(CultureInfo.InvariantCulture), .. counts.Select(Whole)]);
        }

        return table;
    }

    private static void Row(Table table, string name, string value) => table.AddRow(new Text(name), new Text(value));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
