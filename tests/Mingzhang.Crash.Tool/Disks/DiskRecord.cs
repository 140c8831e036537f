namespace Mingzhang.Crash.Tool.Disks;

/// <summary>What of the writes that no sync had reached survives a power cut.</summary>
public enum Unsynced
{
    /// <summary>None of them.</summary>
    Lost,

    /// <summary>Some of them, in any order.</summary>
    Some,

    /// <summary>Some of them, and of some only a few sectors.</summary>
    Torn,

    /// <summary>All of them: a process that was killed under a machine that lives on.</summary>
    Kept,
}

/// <summary>
/// What a disk did, in order, with the answers that callers heard in between; gives the files as a power cut at any place may leave them.
/// </summary>
/// <remarks>
/// A sync makes lasting what was written to its file before. A new file's entry in its folder is taken as lasting. A file's removal lasts
/// from the next first sync of a new log on, with which SQLite syncs the folder. Sectors have 512 bytes and are not torn themselves.
/// </remarks>
public sealed class DiskRecord
{
    private const int Sector = 512;

    private readonly Lock _gate = new();
    private readonly List<Step> _steps = [];

    /// <summary>Of an empty folder, or of one with these files.</summary>
    public DiskRecord(IReadOnlyDictionary<string, byte[]>? start = null)
    {
        foreach ((string name, byte[] bytes) in start ?? new Dictionary<string, byte[]>())
        {
            Add(new DiskAsk(DiskAct.Write, name, 0, bytes.Length), bytes);
            Add(new DiskAsk(DiskAct.Sync, name, 0, 0), default);
        }
    }

    /// <summary>Steps recorded.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _steps.Count;
            }
        }
    }

    /// <summary>A caller has heard an answer.</summary>
    public void Heard(string key, string answer) => Add(new Step(default, [], key, answer));

    /// <summary>The disk did something. Openings and readings leave nothing behind.</summary>
    public void Add(in DiskAsk ask, ReadOnlySpan<byte> bytes)
    {
        if (ask.Act is not (DiskAct.Open or DiskAct.Read))
        {
            Add(new Step(ask, bytes.ToArray(), null, ""));
        }
    }

    /// <summary>Answers heard before a place.</summary>
    public Dictionary<string, string> HeardBefore(int place) => _steps.Take(place).Where(step => step.Key is not null)
        .DistinctBy(step => step.Key).ToDictionary(step => step.Key!, step => step.Answer);

    /// <summary>The files as a power cut before a place leaves them.</summary>
    public IReadOnlyDictionary<string, byte[]> CutBefore(int place, Unsynced unsynced, Random random)
    {
        Dictionary<string, CutFile> files = [];
        foreach (Step step in _steps.Take(place).Where(step => step.Key is null))
        {
            if (!files.TryGetValue(step.Ask.File, out CutFile? file))
            {
                files.Add(step.Ask.File, file = new CutFile());
            }

            if (step.Ask.Act == DiskAct.Sync)
            {
                if (file.IsNew && step.Ask.File.Contains('-', StringComparison.Ordinal))
                {
                    files.Values.ToList().ForEach(one => one.LetGo());
                }

                file.Sync();
            }
            else
            {
                file.Waiting.Add(step);
            }
        }

        return files.Where(file => file.Value.Cut(unsynced, random)).ToDictionary(file => file.Key, file => file.Value.Bytes.ToArray());
    }

    private void Add(Step step)
    {
        lock (_gate)
        {
            _steps.Add(step);
        }
    }

    /// <param name="Ask">What was done.</param>
    /// <param name="Bytes">Of a write.</param>
    /// <param name="Key">Set for an answer that was heard instead.</param>
    /// <param name="Answer">Then the answer.</param>
    private sealed record Step(DiskAsk Ask, byte[] Bytes, string? Key, string Answer);

    private sealed class CutFile
    {
        private bool _exists;

        public MemoryStream Bytes { get; private set; } = new();

        public List<Step> Waiting { get; } = [];

        /// <summary>Not synced since it is there.</summary>
        public bool IsNew { get; private set; } = true;

        public void Sync()
        {
            Waiting.ForEach(step => Do(step, step.Bytes, 0));
            Waiting.Clear();
            IsNew = false;
        }

        /// <summary>The folder was synced: what was removed stays removed.</summary>
        public void LetGo()
        {
            int last = Waiting.FindLastIndex(step => step.Ask.Act == DiskAct.Delete);
            if (last >= 0)
            {
                Do(Waiting[last], default, 0);
                Waiting.RemoveRange(0, last + 1);
                IsNew = true;
            }
        }

        /// <summary>Lets what was not synced happen or not; false when no file is left.</summary>
        public bool Cut(Unsynced unsynced, Random random)
        {
            foreach (Step step in Waiting)
            {
                bool whole = unsynced == Unsynced.Kept || (unsynced != Unsynced.Lost && random.Next(2) == 0);
                if (whole)
                {
                    Do(step, step.Bytes, 0);
                }
                else if (step.Ask.Act == DiskAct.Delete)
                {
                    break; // what came after it went to another file, which nobody finds
                }
                else if (unsynced == Unsynced.Torn && step.Ask.Act == DiskAct.Write)
                {
                    Tear(step, random);
                }
            }

            return _exists;
        }

        private void Tear(Step step, Random random)
        {
            for (int at = 0; at < step.Bytes.Length; at += Sector)
            {
                if (random.Next(2) == 0)
                {
                    Do(step, step.Bytes.AsSpan(at, Math.Min(Sector, step.Bytes.Length - at)), at);
                }
            }
        }

        private void Do(Step step, ReadOnlySpan<byte> bytes, int offset)
        {
            switch (step.Ask.Act)
            {
                case DiskAct.Write:
                    Bytes.Position = step.Ask.At + offset;
                    Bytes.Write(bytes);
                    _exists = true;
                    break;
                case DiskAct.Truncate:
                    Bytes.SetLength(step.Ask.At);
                    break;
                default:
                    (Bytes, _exists) = (new MemoryStream(), false);
                    break;
            }
        }
    }
}
