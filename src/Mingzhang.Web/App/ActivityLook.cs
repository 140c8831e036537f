using Mingzhang.Services.Reading;

namespace Mingzhang.Web.App;

/// <summary>Icon and colour of a line of activity.</summary>
public static class ActivityLook
{
    /// <summary>The icon: the scene of a purchase, else the kind of event.</summary>
    public static string Icon(ActivityLine line) => line.Scene switch
    {
        "dining" => "food",
        "travel" => "trip",
        "utilities" => "life",
        "health" => "med",
        "entertainment" => "fun",
        not null => "shop",
        null => line.Event switch
        {
            "repayment-received" => "check",
            "refund-received" => "auto",
            "account-corrected" => "book",
            "interest-posted" or "overdue-charge-posted" or "loan-accrual-posted" or "early-fee-posted" => "chart",
            "loan-disbursed" or "plan-started" => "split",
            "loan-settled" => "check",
            _ => "bill",
        },
    };

    /// <summary>The colour class.</summary>
    public static string Colour(ActivityLine line) => line.Event switch
    {
        "purchase-authorised" => "c-hold",
        "purchase-posted" => "c-buy",
        "repayment-received" or "refund-received" or "loan-settled" => "c-pay",
        "loan-disbursed" or "plan-started" => "c-limit",
        "interest-posted" or "overdue-charge-posted" or "loan-accrual-posted" or "early-fee-posted" => "c-fee",
        _ => "c-doc",
    };
}
