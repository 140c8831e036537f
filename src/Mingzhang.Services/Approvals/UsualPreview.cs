using System.Buffers;
using System.Text;
using System.Text.Json;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Products;
using Mingzhang.Engine.Encoding;
using Mingzhang.Services.Reading;

namespace Mingzhang.Services.Approvals;

/// <summary>The preview of any command: the figures before and after, in minor units, and the events that would be booked.</summary>
public sealed class UsualPreview : ICommandPreview
{
    /// <inheritdoc/>
    public bool Knows(AccountCommand command) => true;

    /// <inheritdoc/>
    public string Write(AccountView before, AccountCommand command, Accepted accepted)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = DomainJson.Written.Encoder }))
        {
            json.WriteStartObject();
            Figures(json, "before", before.State, before.Terms, before.Today);
            Figures(json, "after", accepted.After, before.Terms, before.Today);
            json.WritePropertyName("events");
            json.WriteRawValue(DomainJson.Write(accepted.Events));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Figures(Utf8JsonWriter json, string name, AccountState state, ProductTerms terms, DateOnly on)
    {
        json.WriteStartObject(name);
        json.WriteNumber("totalLimitMinor", state.TotalLimit.MinorUnits);
        json.WriteNumber("availableMinor", state.Available(on, null).MinorUnits);
        json.WriteNumber("totalDebtMinor", state.TotalDebt(terms, on).MinorUnits);
        json.WriteNumber("creditBalanceMinor", state.CreditBalance.MinorUnits);
        json.WriteNumber("daysPastDue", state.DaysPastDue(on));
        json.WriteEndObject();
    }
}
