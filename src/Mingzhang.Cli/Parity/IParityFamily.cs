namespace Mingzhang.Cli.Parity;

/// <summary>A family of published cases of one file format, run through the product's public code.</summary>
/// <remarks>One small class per family. It never asks which case it is: what it cannot do it says by a rule about the case's content
/// (<see cref="CaseLeftOut"/>), with the reason written out.</remarks>
public interface IParityFamily
{
    /// <summary>Its name on the command line, such as <c>xirr</c>.</summary>
    string Name { get; }

    /// <summary>Reads all cases of a file before any is run; throws <see cref="ProblemException"/> with field, rule and fix when the
    /// file is not of the format.</summary>
    IReadOnlyList<ParityCase> Read(ParityFile file);
}
