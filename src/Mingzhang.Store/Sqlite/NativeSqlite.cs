using System.Runtime.InteropServices;

namespace Mingzhang.Store.Sqlite;

/// <summary>
/// The few calls of the hot path without the wrapper's handle counting and copying: measured, they are a quarter of a command's cost
/// (docs/decisions/0013). The library is the one the wrapper has loaded.
/// </summary>
internal static partial class NativeSqlite
{
    private const string Library = "e_sqlite3";
    private const DllImportSearchPath Where = DllImportSearchPath.SafeDirectories;

    [LibraryImport(Library, EntryPoint = "sqlite3_bind_int64")]
    [DefaultDllImportSearchPaths(Where)]
    [SuppressGCTransition]
    public static partial int BindLong(nint statement, int index, long value);

    /// <summary>The bytes must stay where they are until the statement has been stepped: the last argument is SQLITE_STATIC, 0.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_text")]
    [DefaultDllImportSearchPaths(Where)]
    [SuppressGCTransition]
    public static partial int BindText(nint statement, int index, nint text, int bytes, nint destructor);

    /// <summary>As <see cref="BindText"/>, for bytes.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_bind_blob")]
    [DefaultDllImportSearchPaths(Where)]
    [SuppressGCTransition]
    public static partial int BindBlob(nint statement, int index, nint bytes, int length, nint destructor);

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    [DefaultDllImportSearchPaths(Where)]
    public static partial int Step(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_reset")]
    [DefaultDllImportSearchPaths(Where)]
    public static partial int Reset(nint statement);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_int64")]
    [DefaultDllImportSearchPaths(Where)]
    [SuppressGCTransition]
    public static partial long ColumnLong(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_blob")]
    [DefaultDllImportSearchPaths(Where)]
    public static partial nint ColumnBlob(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_column_bytes")]
    [DefaultDllImportSearchPaths(Where)]
    [SuppressGCTransition]
    public static partial int ColumnBytes(nint statement, int column);
}
