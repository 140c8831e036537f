using Mingzhang.Tidy.Checks;

namespace Mingzhang.Tidy;

public sealed class SqlTests
{
    /// <summary>The sandbox's bank keeps a book of its own on one file.</summary>
    private static IEnumerable<RepoFile> OfHouse =>
        Repo.CSharpUnder("src").Where(f => !f.IsUnder("src/Mingzhang.SandboxBank"));

    [Fact]
    public void Every_statement_of_the_store_names_its_partition()
    {
        IEnumerable<Violation> inCode = OfHouse.SelectMany(Sql.UnpartitionedInCode);
        IEnumerable<Violation> inScripts = Repo.Files
            .Where(f => f.IsUnder("src/Mingzhang.Store") && f.Path.EndsWith(".sql", StringComparison.Ordinal))
            .SelectMany(f => Sql.Unpartitioned(f.Path, 0, f.Text));
        Tidy.None(inCode.Concat(inScripts));
    }

    [Fact]
    public void No_statement_is_glued_together_from_values() => Tidy.None(Repo.CSharpUnder("src").SelectMany(Sql.Built));

    [Theory]
    [InlineData("""const string A = "SELECT x FROM events WHERE id = $id";""", "touches events")]
    [InlineData("""var a = "UPDATE accounts SET x = 1 " + "WHERE id = 2";""", "touches accounts")]
    [InlineData("var a = \"\"\"\n INSERT INTO keys (a)\n VALUES ($a)\n \"\"\";", "touches keys")]
    [InlineData("""var a = "DELETE FROM keys WHERE partition_id = 1; DELETE FROM events";""", "touches events")]
    [InlineData("""var a = "CREATE INDEX IF NOT EXISTS ix ON accounts (next_date)";""", "touches accounts")]
    [InlineData("""var a = "SELECT 1 FROM house JOIN accounts ON 1 = 1";""", "touches accounts")]
    [InlineData("""var a = "WITH t AS (SELECT * FROM events) SELECT * FROM t";""", "touches events")]
    public void A_statement_without_its_partition_is_caught(string code, string named) =>
        Tidy.Caught(Sql.UnpartitionedInCode(new("a.cs", code)), named);

    [Theory]
    [InlineData("""var a = "SELECT x FROM events " + "WHERE partition_id = $p";""")]
    [InlineData("""var a = "SELECT value FROM house WHERE name = $n";""")]
    [InlineData("""var a = "WITH t AS (SELECT * FROM events WHERE partition_id = $p) SELECT * FROM t";""")]
    [InlineData("""throw new X("Please select one from the list; update it.");""")]
    public void Partitioned_statements_and_prose_are_fine(string code) => Assert.Empty(Sql.UnpartitionedInCode(new("a.cs", code)));

    [Fact]
    public void A_script_is_read_statement_by_statement() => Tidy.Caught(
        Sql.Unpartitioned("a.sql", 0, "CREATE TABLE events (partition_id int);\n-- partition_id\nCREATE TABLE strays (id int);\n"),
        "touches strays");

    [Fact]
    public void A_glued_statement_is_caught()
    {
        Tidy.Caught(Sql.Built(new("a.cs", """var a = $"SELECT x FROM t WHERE id = {id}";""")), "id glued in");
        Assert.Empty(Sql.Built(new("a.cs", """class A { const string T = "t"; string S => $"SELECT x FROM {T}"; }""")));
        Assert.Empty(Sql.Built(new("a.cs", """class A { string P => $"PRAGMA v = {n}"; }""")));
    }

    [Fact]
    public void Every_statement_runs_on_a_distributed_database() => Tidy.None(
        OfHouse.Where(f => !f.Path.Contains("/Sqlite/", StringComparison.Ordinal)).SelectMany(PortableSql.UnportableInCode)
            .Concat(Repo.Files.Where(f => f.Path.EndsWith(".sql", StringComparison.Ordinal))
                .SelectMany(f => PortableSql.Unportable(f.Path, 0, f.Text))));

    [Theory]
    [InlineData("SET plan_cache_mode = force_generic_plan", "generic plan")]
    [InlineData("SELECT pg_try_advisory_lock(1)", "advisory lock")]
    [InlineData("LISTEN rows", "reach one node")]
    [InlineData("ALTER TABLE entry ADD UNIQUE (a) DEFERRABLE", "deferrable")]
    [InlineData("LOCK TABLE journal IN SHARE MODE", "lock a row")]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON journal EXECUTE FUNCTION f()", "triggers")]
    [InlineData("MERGE INTO account USING unnest(@ids) x ON true", "MERGE")]
    [InlineData("CREATE TABLE t (partition_id BIGINT, id BIGSERIAL)", "sequence")]
    [InlineData("UPDATE account SET partition_id = @p WHERE partition_id = @q", "cannot be changed")]
    [InlineData("SELECT debt FROM account WHERE partition_id = ANY(@p) FOR UPDATE", "locks one partition")]
    [InlineData("SELECT 1 FROM account a JOIN journal j ON a.account_id = j.account_id WHERE a.partition_id = @p", "join over partitions")]
    [InlineData("UPDATE outbox SET delivered_at = now() WHERE partition_id = @p", "chance of one node")]
    [InlineData("CREATE UNIQUE INDEX i ON journal (position)", "needs partition_id")]
    public void A_statement_a_distributed_database_refuses_is_caught(string sql, string why) =>
        Tidy.Caught(PortableSql.Unportable("a.sql", 0, sql), why);

    [Theory]
    [InlineData("SELECT debt FROM account WHERE partition_id = @p AND account_id = ANY(@a) FOR UPDATE")]
    [InlineData("SELECT 1 FROM account a JOIN journal j ON a.partition_id = j.partition_id AND a.account_id = j.account_id")]
    [InlineData("UPDATE leader SET number = 1 WHERE id = 1")]
    [InlineData("CREATE UNIQUE INDEX proposal_number ON proposal (number, partition_id)")]
    public void What_it_takes_is_fine(string sql) => Assert.Empty(PortableSql.Unportable("a.sql", 0, sql));
}
