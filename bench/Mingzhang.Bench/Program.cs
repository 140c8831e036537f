using System.Globalization;
using Mingzhang.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
SQLitePCL.Batteries_V2.Init();
await new Report(new Arguments(args)).RunAsync();
