namespace NativeNet;

/// <summary><see cref="NativeNetProgram"/> for networks that learn values: regressions, autoencoders, and those that tell yes from no.</summary>
/// <remarks>
/// They are called as classifiers are, <c>NativeNetProgram.Run&lt;Abalone&gt;(args)</c>: which of the two a call means follows
/// from what the network can be trained on.
/// </remarks>
public static class NativeNetProgramValues
{
    extension(NativeNetProgram program)
    {
        /// <summary>Runs a program of one network.</summary>
        /// <typeparam name="TNetwork">The generated network, which learns values.</typeparam>
        /// <param name="arguments">The arguments, without the program's name.</param>
        /// <returns>The exit code.</returns>
        public static int Run<TNetwork>(string[] arguments)
            where TNetwork : struct, INetwork<float>
            => new NativeNetProgram().Add<TNetwork, float>(data: null).Run(arguments);

        /// <summary>Adds a network, called as its type is, in lower case with hyphens.</summary>
        /// <typeparam name="TNetwork">The generated network, which learns values.</typeparam>
        /// <param name="data">The data that it is made for; null for rows of a CSV file as they are.</param>
        /// <returns>The program.</returns>
        /// <exception cref="ArgumentException">There is a network of that name.</exception>
        public NativeNetProgram Add<TNetwork>(NetworkData? data = null)
            where TNetwork : struct, INetwork<float>
            => program.Add<TNetwork, float>(data);
    }
}
