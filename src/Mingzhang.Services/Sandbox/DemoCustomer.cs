namespace Mingzhang.Services.Sandbox;

/// <summary>A demo customer: fictional name and number, and the story the account tells.</summary>
/// <param name="Customer">Customer number.</param>
/// <param name="Name">Fictional name.</param>
/// <param name="Phone">Fictional phone number, in a range that is not given out.</param>
/// <param name="Story">The story's code; its title stands in the text catalogue.</param>
/// <param name="Product">Product code of the account.</param>
public sealed record DemoCustomer(long Customer, string Name, string Phone, string Story, string Product = DemoHouse.Product)
{
    /// <summary>The published password of every demo borrower; sandboxes only.</summary>
    public const string Password = "mingzhang-demo";

    /// <summary>The published payment PIN of every demo borrower; sandboxes only.</summary>
    public const string Pin = "246810";

    /// <summary>The demo staff member.</summary>
    public const string StaffLogin = "staff";

    /// <summary>The published password of the demo staff member; sandboxes only.</summary>
    public const string StaffPassword = "mingzhang-staff";

    /// <summary>A second demo staff member, who approves what the first proposes.</summary>
    public const string CheckerLogin = "checker";

    /// <summary>The published password of the second demo staff member; sandboxes only.</summary>
    public const string CheckerPassword = "mingzhang-checker";

    /// <summary>The published API key of the second demo staff member; sandboxes only.</summary>
    public const string CheckerKey = "mz_sandbox_checker_0123456789abcdef01234567";

    /// <summary>The published API key of the sandbox, with every scope.</summary>
    public const string ApiKey = "mz_sandbox_0123456789abcdef0123456789abcdef";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DemoCustomer> All { get; } =
    [
        new(1_000_001, "林晓雨", "19900000001", "paid"),
        new(1_000_002, "陈卓", "19900000002", "revolver"),
        new(1_000_003, "王思敏", "19900000003", "cured"),
        new(1_000_004, "赵启航", "19900000004", "frozen"),
        new(1_000_005, "孙雅文", "19900000005", "closing"),
        new(1_000_006, "周明远", "19900000006", "corrected"),
        new(1_000_007, "吴佳怡", "19900000007", "new"),
        new(1_000_008, "郑浩", "19900000008", "overdue"),
        new(1_000_009, "何俊杰", "19900000009", "loan", "cash-loan"),
        new(1_000_010, "罗欣怡", "19900000010", "loan-overdue", "cash-loan"),
        new(1_000_011, "许文博", "19900000011", "reserve", "reserve"),
        new(1_000_012, "冯雨桐", "19900000012", "plan"),
        new(1_000_013, "曹子轩", "19900000013", "joint", "bank-loan"),
        new(1_000_014, "田若溪", "19900000014", "bank-line", "bank-pay-later"),
        new(1_000_015, "崔文慧", "19900000015", "relief"),
        new(1_000_016, "蒋一诺", "19900000016", "two"),
        new(1_000_021, "江一帆", "19900000021", "spender"),
    ];
}
