namespace Mingzhang.Web.Tests;

/// <summary>A host of one class of tests: what others buy, pay, complain about or close changes nothing here.</summary>
public sealed class OwnHost : Host;
