namespace Mingzhang.Services.Reading;

/// <summary>The product files cannot be used; the message names folder or file with every broken rule.</summary>
public sealed class ProductsException : InvalidOperationException
{
    /// <summary>Without details.</summary>
    public ProductsException()
    {
    }

    /// <summary>With a message.</summary>
    public ProductsException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public ProductsException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
