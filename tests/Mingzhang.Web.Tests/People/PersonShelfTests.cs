using System.Security.Cryptography;
using Dapper;
using Mingzhang.Domain.Values;
using Mingzhang.Services.People;
using Mingzhang.Web.Identity;

namespace Mingzhang.Web.Tests.People;

/// <summary>People are sealed each under a key of their own and found without a plain column.</summary>
public sealed class PersonShelfTests : IDisposable
{
    private static readonly Person Someone = new(41_000_001, "欧阳测试名", "19987654321")
    {
        IdNumber = "11010519491231002X", Email = "canary@example.test", Region = "110105",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("mz-people-").FullName;

    [Fact]
    public async Task A_person_is_found_again_by_number_and_by_what_they_are_called()
    {
        using var house = new PeopleHouse(_folder);
        Assert.True(await house.People.AddAsync(Someone));
        Assert.False(await house.People.AddAsync(Someone with { Name = "另一个" }));
        Assert.Equal(Someone, house.People.Find(Someone.Customer));
        foreach (var text in (string[])[" 欧阳 测试名", "+86 199-8765-4321", "11010519491231002x", "4321", "002X"])
        {
            Assert.Equal(Someone.Customer, Assert.Single(house.People.Search(text)));
        }

        foreach (var text in (string[])["欧阳", "1998765432", "", "0000", "%", "19987654322"])
        {
            Assert.Empty(house.People.Search(text));
        }
    }

    [Fact]
    public async Task What_changes_is_found_under_the_new_words_only()
    {
        using var house = new PeopleHouse(_folder);
        await house.People.AddAsync(Someone);
        Assert.True(await house.People.ChangeAsync(Someone with { Phone = "19900001111", Email = "" }));
        Assert.Empty(house.People.Search(Someone.Phone));
        Assert.Single(house.People.Search("19900001111"));
        Assert.Equal("", house.People.Find(Someone.Customer)!.Email);
        Assert.False(await house.People.ChangeAsync(Someone with { CustomerId = 41_000_002 }));
    }

    [Fact]
    public async Task Nothing_of_a_person_is_in_the_file()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MZ_TEST_STORE") == "postgres", "looks into the database file");
        using var house = new PeopleHouse(_folder);
        await house.People.AddAsync(Someone);
        Assert.Empty(Canaries.FoundIn(_folder, Someone.Name, Someone.Phone, Someone.IdNumber, Someone.Email, PeopleHouse.OldKey));

        // A planted plain column is found, so the search finds what is there.
        await house.House.WriteAsync((connection, transaction) => connection.Execute(
            "INSERT INTO person_plain (partition_id, customer_id, name, phone) VALUES (0, 1, @name, @phone)",
            new { name = Someone.Name, phone = Someone.Phone }, transaction));
        Assert.Equal([Someone.Name, Someone.Phone], Canaries.FoundIn(_folder, Someone.Name, Someone.Phone).Select(hit => hit.Canary));
    }

    [Fact]
    public async Task What_an_older_program_kept_plain_is_sealed_and_overwritten()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("MZ_TEST_STORE") == "postgres", "looks into the database file");
        string database;
        using (var old = new PeopleHouse(_folder, others: [.. WebMigrations.All.Where(step => step is { Part: "web", Version: 1 })]))
        {
            database = old.Database;
            await old.House.WriteAsync((connection, transaction) => connection.Execute(
                "INSERT INTO web_person (partition_id, customer_id, name, phone, pin_hash, pin_failures, pin_locked_until) "
                + "VALUES (@partition, @customer, @name, @phone, 'h', 0, 0)",
                new
                {
                    partition = Someone.Customer.PartitionId, customer = Someone.CustomerId, name = Someone.Name, phone = Someone.Phone,
                },
                transaction));
        }

        Assert.NotEmpty(Canaries.FoundIn(_folder, Someone.Name));
        using (var house = new PeopleHouse(_folder, database: database))
        {
            Assert.Equal(1, await new PlainPeople(house.House, house.People).SealAsync());
            Assert.Equal(Someone.Phone, house.People.Find(Someone.Customer)!.Phone);
            Assert.Equal(0, await new PlainPeople(house.House, house.People).SealAsync());
        }

        // Closing moves the write-ahead log into the file; deleted rows are overwritten there.
        Assert.Empty(Canaries.FoundIn(_folder, Someone.Name, Someone.Phone));
    }

    [Fact]
    public async Task A_sealed_text_opens_only_for_its_person_and_column()
    {
        using var house = new PeopleHouse(_folder);
        await house.People.AddAsync(Someone);
        await house.People.AddAsync(Someone with { CustomerId = 41_000_002 });
        using var connection = house.House.OpenReadOnly();
        using var key = house.People.KeyOf(connection, Someone.Customer)!;
        using var other = house.People.KeyOf(connection, new CustomerId(41_000_002))!;
        var bytes = key.Seal("person_field.name", "x");
        Assert.Equal("x", key.Open("person_field.name", bytes));
        Assert.ThrowsAny<CryptographicException>(() => key.Open("person_field.phone", bytes));
        Assert.ThrowsAny<CryptographicException>(() => other.Open("person_field.name", bytes));
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => key.Open("person_field.name", changed));
        }

        Assert.ThrowsAny<CryptographicException>(() => key.Open("person_field.name", [1, 2, 3]));
    }

    [Fact]
    public void No_nonce_comes_twice()
    {
        var key = new byte[MasterKey.Length];
        var seen = new HashSet<string>();
        for (var i = 0; i < 100_000; i++)
        {
            Assert.True(seen.Add(Convert.ToHexString(Sealing.Seal(key, "x"u8, "c"u8).AsSpan(1, 12))));
        }
    }

    [Fact]
    public async Task A_new_master_key_takes_over_and_the_old_one_is_not_needed_any_more()
    {
        string database;
        byte[] hash;
        using (var house = new PeopleHouse(_folder))
        {
            database = house.Database;
            await house.People.AddAsync(Someone);
            hash = house.Keys.SearchHash(SearchKind.Login, Someone.Phone);
        }

        using (var both = new PeopleHouse(_folder, $"{PeopleHouse.NewKey},{PeopleHouse.OldKey}", database: database))
        {
            Assert.Equal(1, await new PeopleRekeying(both.House, both.Keys).RunAsync());
            Assert.Equal(0, await new PeopleRekeying(both.House, both.Keys).RunAsync());
        }

        using (var house = new PeopleHouse(_folder, PeopleHouse.NewKey, database: database))
        {
            Assert.Equal(Someone, house.People.Find(Someone.Customer));
            Assert.Single(house.People.Search(Someone.Phone));
            Assert.Equal(hash, house.Keys.SearchHash(SearchKind.Login, Someone.Phone));
        }

        Assert.Throws<PeopleKeysException>(() => new PeopleHouse(_folder, database: database));
    }

    [Fact]
    public void A_key_file_is_its_owners_alone_and_holds_one_key()
    {
        var path = Path.Combine(_folder, KeyFile.Name);
        Assert.Null(KeyFile.Read(path));
        var made = KeyFile.Make(path);
        Assert.Equal(made.Current.Name, KeyFile.Make(path).Current.Name);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        File.WriteAllText(path, "too short");
        Assert.Throws<PeopleKeysException>(() => KeyFile.Read(path));
        foreach (var wrong in (string[])["", ",", PeopleHouse.OldKey + "0", PeopleHouse.OldKey[1..] + "g", "x," + PeopleHouse.OldKey])
        {
            Assert.Null(MasterKeys.Read(wrong));
        }
    }

    [Fact]
    public void A_person_shows_only_what_is_masked()
    {
        Assert.Equal(("199****4321", "110***********002X", "欧****"), (Someone.MaskedPhone, Someone.MaskedId, Someone.MaskedName));
        Assert.Equal("person 41000001", $"{Someone}");
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
