using System.Text;
using Mingzhang.Cli;

// Chinese on any terminal; no byte order mark in front of JSON.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await MzProgram.RunAsync(args, Console.Out, Console.Error);
