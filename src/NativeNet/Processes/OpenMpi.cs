using System.Runtime.InteropServices;
using System.Text;

namespace NativeNet.Processes;

/// <summary>The entry points of Open MPI that processes work together by, found in its library when it is asked for.</summary>
/// <remarks>
/// The MPI standard fixes names and arguments, each library its own handles: in Open MPI they are addresses of exported
/// data. Nobody checks what the calls return, because MPI's own handler of errors, which is left in its place, tells them
/// with the rank of the process and ends all processes.
/// </remarks>
internal sealed unsafe class OpenMpi
{
    /// <summary>In place of a buffer to send: what is sent stands in its place among what is received.</summary>
    public static readonly void* InPlace = (void*)1;

    /// <summary>MPI_ANY_SOURCE.</summary>
    public const int AnySource = -1;

    /// <summary>The library of Open MPI 3 to 5, as distributions name it, and as an installation for development does.</summary>
    private static readonly string[] Names = ["libmpi.so.40", "libmpi.so"];

    /// <summary>MPI_MAX_LIBRARY_VERSION_STRING, and more than other libraries write.</summary>
    private const int VersionLength = 8192;

    /// <summary>MPI_THREAD_FUNNELED: the thread that has initialized MPI makes all the calls.</summary>
    private const int Funneled = 1;

    private readonly nint _library;

    private OpenMpi(nint library)
    {
        _library = library;
        Float = Export("ompi_mpi_float");
        Double = Export("ompi_mpi_double");
        UnsignedInteger = Export("ompi_mpi_unsigned");
        Byte = Export("ompi_mpi_byte");
        World = Export("ompi_mpi_comm_world");
        Sum = Export("ompi_mpi_op_sum");
        BitwiseOr = Export("ompi_mpi_op_bor");
        Initialize = (delegate* unmanaged[Cdecl]<int*, byte***, int, int*, int>)Export("MPI_Init_thread");
        Finish = (delegate* unmanaged[Cdecl]<int>)Export("MPI_Finalize");
        AbortAll = (delegate* unmanaged[Cdecl]<nint, int, int>)Export("MPI_Abort");
        RankOf = (delegate* unmanaged[Cdecl]<nint, int*, int>)Export("MPI_Comm_rank");
        SizeOf = (delegate* unmanaged[Cdecl]<nint, int*, int>)Export("MPI_Comm_size");
        Send = (delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, int>)Export("MPI_Send");
        Receive = (delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, void*, int>)Export("MPI_Recv");
        BeginSend = (delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, nint*, int>)Export("MPI_Isend");
        BeginReceive = (delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, nint*, int>)Export("MPI_Irecv");
        Probe = (delegate* unmanaged[Cdecl]<int, int, nint, int*, void*, int>)Export("MPI_Iprobe");
        End = (delegate* unmanaged[Cdecl]<nint*, void*, int>)Export("MPI_Wait");
        EndAll = (delegate* unmanaged[Cdecl]<int, nint*, void*, int>)Export("MPI_Waitall");
        GatherAll = (delegate* unmanaged[Cdecl]<void*, int, nint, void*, int*, int*, nint, nint, int>)Export("MPI_Allgatherv");
        ReduceAll = (delegate* unmanaged[Cdecl]<void*, void*, int, nint, nint, nint, int>)Export("MPI_Allreduce");
        Broadcast = (delegate* unmanaged[Cdecl]<void*, int, nint, int, nint, int>)Export("MPI_Bcast");
    }

    /// <summary>MPI_FLOAT.</summary>
    public nint Float { get; }

    /// <summary>MPI_DOUBLE.</summary>
    public nint Double { get; }

    /// <summary>MPI_UNSIGNED.</summary>
    public nint UnsignedInteger { get; }

    /// <summary>MPI_BYTE.</summary>
    public nint Byte { get; }

    /// <summary>MPI_COMM_WORLD: all processes.</summary>
    public nint World { get; }

    /// <summary>MPI_SUM.</summary>
    public nint Sum { get; }

    /// <summary>MPI_BOR.</summary>
    public nint BitwiseOr { get; }

    /// <summary>MPI_Finalize.</summary>
    public delegate* unmanaged[Cdecl]<int> Finish { get; }

    /// <summary>MPI_Abort(communicator, code).</summary>
    public delegate* unmanaged[Cdecl]<nint, int, int> AbortAll { get; }

    /// <summary>MPI_Comm_rank(communicator, out rank).</summary>
    public delegate* unmanaged[Cdecl]<nint, int*, int> RankOf { get; }

    /// <summary>MPI_Comm_size(communicator, out size).</summary>
    public delegate* unmanaged[Cdecl]<nint, int*, int> SizeOf { get; }

    /// <summary>MPI_Send(buffer, count, type, to, tag, communicator).</summary>
    public delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, int> Send { get; }

    /// <summary>MPI_Recv(buffer, count, type, from, tag, communicator, status).</summary>
    public delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, void*, int> Receive { get; }

    /// <summary>MPI_Isend(buffer, count, type, to, tag, communicator, out request).</summary>
    public delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, nint*, int> BeginSend { get; }

    /// <summary>MPI_Irecv(buffer, count, type, from, tag, communicator, out request).</summary>
    public delegate* unmanaged[Cdecl]<void*, int, nint, int, int, nint, nint*, int> BeginReceive { get; }

    /// <summary>MPI_Iprobe(from, tag, communicator, out is there, status): messages move on meanwhile.</summary>
    public delegate* unmanaged[Cdecl]<int, int, nint, int*, void*, int> Probe { get; }

    /// <summary>MPI_Wait(request, status).</summary>
    public delegate* unmanaged[Cdecl]<nint*, void*, int> End { get; }

    /// <summary>MPI_Waitall(count, requests, statuses).</summary>
    public delegate* unmanaged[Cdecl]<int, nint*, void*, int> EndAll { get; }

    /// <summary>MPI_Allgatherv(buffer, count, type, all, counts, places, type, communicator).</summary>
    public delegate* unmanaged[Cdecl]<void*, int, nint, void*, int*, int*, nint, nint, int> GatherAll { get; }

    /// <summary>MPI_Allreduce(buffer, result, count, type, operation, communicator).</summary>
    public delegate* unmanaged[Cdecl]<void*, void*, int, nint, nint, nint, int> ReduceAll { get; }

    /// <summary>MPI_Bcast(buffer, count, type, from, communicator).</summary>
    public delegate* unmanaged[Cdecl]<void*, int, nint, int, nint, int> Broadcast { get; }

    /// <summary>MPI_Init_thread(arguments, arguments, asked for, out granted).</summary>
    private delegate* unmanaged[Cdecl]<int*, byte***, int, int*, int> Initialize { get; }

    /// <summary>Loads the library and joins the processes that were started together.</summary>
    /// <param name="names">The names to look for, the first that is found; null for those of Open MPI.</param>
    /// <param name="problem">Why there is none, as a message for people.</param>
    /// <returns>The entry points; null where the library is not there, or is another than Open MPI.</returns>
    public static OpenMpi? Start(string[]? names, out string problem)
    {
        names ??= Names;
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, out nint library))
                continue;

            string version = VersionOf(library);
            if (!version.StartsWith("Open MPI", StringComparison.Ordinal))
            {
                // Handles of another library would be taken for addresses.
                problem = $"{name} is {version}; several processes work together through Open MPI alone: start them with its mpirun, and let its library come first";
                return null;
            }

            var mpi = new OpenMpi(library);
            int granted;
            mpi.Initialize(null, null, Funneled, &granted);
            problem = "";
            return mpi;
        }

        problem = $"several processes work together through Open MPI, whose library {names[0]} is not found; install it (Debian and Ubuntu: openmpi-bin), or start one process";
        return null;
    }

    /// <summary>What a library calls itself.</summary>
    private static string VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "MPI_Get_library_version", out nint export))
            return "a library of another kind";

        byte* text = stackalloc byte[VersionLength];
        int length;
        _ = ((delegate* unmanaged[Cdecl]<byte*, int*, int>)export)(text, &length);
        return Encoding.UTF8.GetString(text, length).Split('\n', ',')[0].Trim();
    }

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);
}
