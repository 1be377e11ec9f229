using NativeNet.Description.Json;
using NativeNet.Description.Syntax;

namespace NativeNet.Description.Schedules;

/// <summary>One type of learning-rate schedule: its keys and what they mean.</summary>
/// <param name="name">What an object of this type is called in messages: "a step schedule".</param>
/// <param name="read">Reads the values of its keys.</param>
/// <param name="keys">The keys it has besides <c>type</c>.</param>
internal sealed class ScheduleForm(string name, Func<JsonObject, DiagnosticBag, ScheduleSpec> read, params Key[] keys)
{
    /// <summary>The key that says which form a schedule has.</summary>
    public static readonly StringKey Type = new("type", required: true);

    /// <summary>All its keys.</summary>
    public ObjectForm Form { get; } = new(name, [Type, .. keys]);

    /// <summary>Finds the type of a schedule and checks its keys and values.</summary>
    /// <param name="schedule">The value of the key <c>schedule</c>.</param>
    /// <param name="diagnostics">Receives the mistakes.</param>
    /// <returns>The schedule, or null where its type cannot be told; not to be used where mistakes were reported.</returns>
    public static ScheduleSpec? Bind(JsonObject schedule, DiagnosticBag diagnostics)
    {
        Setting<string> type = Type.Read(schedule, diagnostics);
        if (type.Property is null)
        {
            diagnostics.Add(DiagnosticTable.MissingKey, schedule.Opening, Type.Name, "'schedule'");
            return null;
        }

        if (type.Property.Value is not JsonString word)
            return null;

        if (!ScheduleTable.Forms.Contains(word.Value))
        {
            ScheduleTable.Forms.ReportUnknown(word, diagnostics);
            return null;
        }

        ScheduleForm form = ScheduleTable.Forms[word.Value];
        form.Form.CheckKeys(schedule, diagnostics);
        return form.Read(schedule, diagnostics);
    }

    private ScheduleSpec Read(JsonObject schedule, DiagnosticBag diagnostics) => read(schedule, diagnostics);
}
