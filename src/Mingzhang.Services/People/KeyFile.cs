using System.Text;
using Mingzhang.Store;

namespace Mingzhang.Services.People;

/// <summary>Master keys in a file that only its owner may read: one in a line, the current one first.</summary>
public static class KeyFile
{
    /// <summary>Its name, in the folder of the data.</summary>
    public const string Name = "people.key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The keys of a file; null when there is no file. Throws <see cref="PeopleKeysException"/> for anything else in it.</summary>
    public static MasterKeys? Read(string path) => !File.Exists(path) ? null : MasterKeys.Read(File.ReadAllText(path))
        ?? throw new PeopleKeysException($"{path} holds something else than keys of 64 hexadecimal digits");

    /// <summary>A new file with a new key, on disk when it returns. The file of whoever was quicker is kept.</summary>
    public static MasterKeys Make(string path)
    {
        try
        {
            Write(path, FileMode.CreateNew, MasterKey.New());
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process of the same start made it.
        }

        return Read(path)!;
    }

    /// <summary>Puts other keys in the place of a file's, all or nothing.</summary>
    public static void Replace(string path, string text)
    {
        Write(path + ".part", FileMode.Create, text);
        File.Move(path + ".part", path, overwrite: true);
    }

    private static void Write(string path, FileMode mode, string text)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(path, options))
        {
            file.Write(Encoding.ASCII.GetBytes(text + "\n"));
        }

        CheckedFile.Sync(path);
    }
}
