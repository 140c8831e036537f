using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mingzhang.Domain.Accounts;
using Mingzhang.Domain.Billing;
using Mingzhang.Domain.Closing;
using Mingzhang.Domain.Disclosure;
using Mingzhang.Domain.Disputes;
using Mingzhang.Domain.Ledger;
using Mingzhang.Domain.Permissions;
using Mingzhang.Domain.Products;
using Mingzhang.Domain.Repayment;
using Mingzhang.Domain.Values;
using Mingzhang.Domain.Versions;

namespace Mingzhang.Engine.Encoding;

/// <summary>The one written form of commands, events, refusals and states: camel case, absent nulls, amounts as "CNY1234".</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(MoneyConverter), typeof(CurrencyConverter), typeof(AccountIdConverter), typeof(CustomerIdConverter),
            typeof(ValueListConverterFactory),
        typeof(NameConverter<Actor>), typeof(NameConverter<AllocationBucket>), typeof(NameConverter<Bearing>),
            typeof(NameConverter<BillStage>),
        typeof(NameConverter<BlockerCode>), typeof(NameConverter<CloseWithDebt>), typeof(NameConverter<ClosingMode>),
            typeof(NameConverter<CostKind>),
            typeof(NameConverter<Component>),
        typeof(NameConverter<DayCount>), typeof(NameConverter<DisputeOutcome>), typeof(NameConverter<LedgerAccount>),
            typeof(NameConverter<MoveBasis>),
            typeof(NameConverter<Permission>),
        typeof(NameConverter<PostingMoment>), typeof(NameConverter<PurchaseStage>), typeof(NameConverter<RestrictionReason>),
            typeof(NameConverter<Rounding>),
    ])]
[JsonSerializable(typeof(AccountCommand))]
[JsonSerializable(typeof(AccountEvent))]
[JsonSerializable(typeof(ValueList<AccountEvent>))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(ProductTerms))]
public sealed partial class DomainJson : JsonSerializerContext
{
    [ThreadStatic]
    private static Scratch? _scratch;

    /// <summary>The options of the written form; Chinese stays readable. Read-only: copy them to change something.</summary>
    public static JsonSerializerOptions Written => Holder.Options;

    /// <summary>The canonical bytes of a command, without its business meaning: equal commands, equal bytes.</summary>
    public static byte[] Write(AccountCommand command)
    {
        var scratch = _scratch ??= new Scratch();
        scratch.Start();
        JsonSerializer.Serialize(scratch.Writer, command, Holder.Command);
        return scratch.Finish();
    }

    /// <summary>The body of an accepted row.</summary>
    public static byte[] Write(ValueList<AccountEvent> events)
    {
        var scratch = _scratch ??= new Scratch();
        scratch.Start();
        scratch.Writer.WriteStartArray();
        foreach (var happened in events.AsSpan())
        {
            JsonSerializer.Serialize(scratch.Writer, happened, Holder.Event);
        }

        scratch.Writer.WriteEndArray();
        return scratch.Finish();
    }

    /// <summary>The body of a refused row.</summary>
    public static byte[] Write(Refusal refusal)
    {
        var scratch = _scratch ??= new Scratch();
        scratch.Start();
        JsonSerializer.Serialize(scratch.Writer, refusal, Holder.No);
        return scratch.Finish();
    }

    /// <summary>A state, as a snapshot holds it.</summary>
    public static byte[] Write(AccountState state)
    {
        var scratch = _scratch ??= new Scratch();
        scratch.Start();
        JsonSerializer.Serialize(scratch.Writer, state, Holder.State);
        return scratch.Finish();
    }

    /// <summary>Reads the body of an accepted row; throws <see cref="JsonException"/>.</summary>
    public static ValueList<AccountEvent> ReadEvents(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize(body, Holder.Events);

    /// <summary>Reads one event; throws <see cref="JsonException"/>.</summary>
    public static AccountEvent ReadEvent(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Holder.Event) ?? throw new JsonException("An event is missing.");

    /// <summary>Reads the body of a refused row; throws <see cref="JsonException"/>.</summary>
    public static Refusal ReadRefusal(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, Holder.No) ?? throw new JsonException("A refusal is missing.");

    /// <summary>Reads a command; throws <see cref="JsonException"/>.</summary>
    public static AccountCommand ReadCommand(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Holder.Command) ?? throw new JsonException("A command is missing.");

    /// <summary>Reads a snapshot; throws <see cref="JsonException"/>.</summary>
    public static AccountState ReadState(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, Holder.State) ?? throw new JsonException("A state is missing.");

    /// <summary>The first 16 bytes of SHA-256 over a command's canonical bytes.</summary>
    public static UInt128 HashOf(AccountCommand command)
    {
        var scratch = _scratch ??= new Scratch();
        scratch.Start();
        JsonSerializer.Serialize(scratch.Writer, command, Holder.Command);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(scratch.Written(), digest);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>One growing buffer and writer per thread, so that encoding allocates the result only.</summary>
    private sealed class Scratch : IDisposable
    {
        private readonly ArrayBufferWriter<byte> _buffer = new(4096);

        public Scratch() => Writer = new Utf8JsonWriter(
            _buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

        public Utf8JsonWriter Writer { get; }

        public void Start()
        {
            _buffer.ResetWrittenCount();
            Writer.Reset();
        }

        public ReadOnlySpan<byte> Written()
        {
            Writer.Flush();
            return _buffer.WrittenSpan;
        }

        public byte[] Finish() => Written().ToArray();

        public void Dispose() => Writer.Dispose();
    }

    /// <summary>Made on first use, after the generated defaults.</summary>
    private static class Holder
    {
        public static readonly JsonSerializerOptions Options = Make();
        public static readonly JsonTypeInfo<AccountCommand> Command = Info<AccountCommand>();
        public static readonly JsonTypeInfo<AccountEvent> Event = Info<AccountEvent>();
        public static readonly JsonTypeInfo<ValueList<AccountEvent>> Events = Info<ValueList<AccountEvent>>();
        public static readonly JsonTypeInfo<Refusal> No = Info<Refusal>();
        public static readonly JsonTypeInfo<AccountState> State = Info<AccountState>();

        private static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

        private static JsonSerializerOptions Make()
        {
            var options = new JsonSerializerOptions(Default.Options)
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                TypeInfoResolver = Default.WithAddedModifier(DropComputed),
            };
            options.MakeReadOnly();
            return options;
        }

        /// <summary>A refusal's code is its discriminator already, and what a command records is in the event.</summary>
        private static void DropComputed(JsonTypeInfo type)
        {
            var computed = typeof(Refusal).IsAssignableFrom(type.Type) ? "code" : typeof(AccountEvent).IsAssignableFrom(type.Type)
                ? "recorded" : null;
            for (var i = type.Properties.Count - 1; i >= 0; i--)
            {
                if (type.Properties[i].Name == computed)
                {
                    type.Properties.RemoveAt(i);
                }
            }
        }
    }
}
