using NativeNet.Compiler.Planning;
using NativeNet.Description;

namespace NativeNet.Compiler.Emit.C.Layers;

/// <summary>Writes a recurrent layer: one step a frame, which prediction and training share; tiles of units or of weights.</summary>
/// <param name="context">What is written.</param>
/// <param name="plan">The layer.</param>
internal sealed class RecurrentEmitter(CContext context, RecurrentPlan plan) : LayerEmitter(context, plan)
{
    /// <summary>Units of a forward tile, with two chains each, and sums of the other tiles.</summary>
    private const int Tile = 8;

    private readonly RecurrentSpec _layer = plan.Recurrent;
    private readonly RecurrentCellText _cell = RecurrentCellText.Of(plan.Recurrent);
    private readonly int _steps = plan.Recurrent.Steps, _inputs = plan.Recurrent.Inputs, _units = plan.Recurrent.Units;
    private readonly int _rows = plan.Recurrent.Gates * plan.Recurrent.Units, _sums = plan.Recurrent.Sums * plan.Recurrent.Units;

    /// <summary>The prefix of the functions of one frame, which predictions, training and streams share.</summary>
    private readonly string _frame = CNames.Snake(LayerPlan.NameOf(plan.Spec));

    private bool IsGru => _layer.Kind == RecurrentKind.Gru;

    private bool IsLstm => _layer.Kind == RecurrentKind.Lstm;

    /// <summary>Floats in front of the states that training keeps.</summary>
    private int FirstState => _steps * _sums;

    /// <summary>How far apart an lstm's states lie, as an argument of a step.</summary>
    private string Distance(int floats) => IsLstm ? $", {Text(floats)}" : "";

    public override void EmitForward()
    {
        if (plan.IsStretch)
        {
            EmitProcess();
            return;
        }

        EmitSums();
        EmitStep();
        using (Context.BeginFunction(
            $"{Name}: ({Text(_steps)}, {Text(_inputs)}) -> ({(_layer.ReturnSequences ? Text(_steps) + ", " : "")}{Text(_units)}), frame by frame from a state of zeros.",
            $"static void {Name}_forward({Parameters}, const float *x, float *y, float *room)"))
        {
            Writer.Write($"float *before = room + {Text(_sums)}, *behind = before + {Text(_layer.States * _units)};");
            Context.Loop("i", _layer.States * _units, "before[i] = 0.0f;");
            using (Context.BeginFor("t", _steps))
            {
                Writer.Write("float *const next = before;");
                Writer.Write($"{Name}_step(parameters, x + {Terms.Times("t", _inputs)}, before{Distance(_units)}, behind, room);");
                Writer.Write("before = behind;");
                Writer.Write("behind = next;");
                if (_layer.ReturnSequences)
                    Context.Loop("u", _units, $"y[{Terms.Times("t", _units)} + u] = before[u];");
            }

            if (!_layer.ReturnSequences)
                Context.Loop("u", _units, "y[u] = before[u];");
        }
    }

    /// <summary>The next frame of a signal, from the states that the stream keeps, which become those behind the frame.</summary>
    private void EmitProcess()
    {
        int states = _layer.CarriedStates * _units;
        using (Context.BeginFunction(
            $"{Name}: the next frame, ({Text(_inputs)}) -> ({Text(_units)}).",
            $"static void {Name}_process({Parameters}, const float *x, float *states, float *y, float *room)"))
        {
            Writer.Write($"float *const behind = room + {Text(_sums)};");
            Writer.Write($"{_frame}_step(parameters, x, states{Distance(_units)}, behind, room);");
            Writer.Write($"{Context.Library.Use("copy")}(behind, states, {Text(states)});");
            Writer.Write($"copy(behind, y, {Text(_units)});");
        }
    }

    private void EmitSums()
    {
        using (Context.BeginFunction(
            $"{Name}: one sum a unit, two chains over x, then h.",
            $"static void {Name}_sums(const float *bias, const float *w, const float *x, int32_t inputs, const float *v, const float *h, int32_t states, float *sums)"))
        {
            foreach (TileStretch units in TileSplit.Of(_units, Tile))
            {
                using (Context.BeginFor("n", Text(units.Start), Text(units.End), units.Width))
                {
                    Writer.Write("const float *row = w + n;");
                    Writer.Write($"float even[{units.Width}], odd[{units.Width}];");
                    Context.Unrolled("u", units.Width, "even[u] = bias[n + u];", "odd[u] = 0.0f;");
                    EmitPairs(units.Width, "x", "inputs");
                    Writer.Write("row = v + n;");
                    EmitPairs(units.Width, "h", "states");
                    Context.Unrolled("u", units.Width, "sums[n + u] = even[u] + odd[u];");
                }
            }
        }
    }

    private void EmitPairs(int width, string values, string count)
    {
        using (Context.BeginFor("k", "0", count))
        {
            using (Writer.BeginBlock("if ((k & 1) == 0)"))
                Context.Unrolled("u", width, $"even[u] = {Context.Library.Use("multiply_add")}({values}[k], row[u], even[u]);");
            using (Writer.BeginBlock("else"))
                Context.Unrolled("u", width, $"odd[u] = multiply_add({values}[k], row[u], odd[u]);");
            Writer.Write($"row = &row[{Text(_rows)}];");
        }
    }

    private void EmitStep()
    {
        string distance = IsLstm ? ", int32_t distance" : "";
        using (Context.BeginFunction(
            $"{Name}: one frame; {_cell.Comment}.",
            $"static void {Name}_step({Parameters}, const float *x, const float *before{distance}, float *behind, float *sums)"))
        {
            for (int sum = 0; sum < _layer.Sums; sum++)
            {
                bool isHiddenOnly = sum >= _layer.Gates, isInputOnly = IsGru && sum == 2;
                int gate = Math.Min(sum, _layer.Gates - 1) * _units;
                string bias = isHiddenOnly ? Tensor("bias_n") : Terms.Plus(Tensor("bias"), gate);
                Writer.Write($"{Name}_sums({bias}, {Terms.Plus(Tensor("weight_ih"), gate)}, x, {(isHiddenOnly ? "0" : Text(_inputs))}, {Terms.Plus(Tensor("weight_hh"), gate)}, before, {(isInputOnly ? "0" : Text(_units))}, {Terms.Plus("sums", sum * _units)});");
            }

            using (Context.BeginFor("u", _units))
            {
                foreach (string statement in _cell.Forward(Context.Library))
                    Writer.Write(statement);
            }
        }
    }

    public override void EmitTraining()
    {
        if (!Views.IsOnTheWayBack && !_layer.IsStateful)
            return;

        using (Context.BeginFunction($"{Name}: the same with everything kept: the gates, then the states before and behind every frame{(_layer.IsStateful ? ", from the states behind the last call" : "")}.", $"static void {Name}_keep({Parameters}, const float *x, float *y, float *kept)"))
        {
            Writer.Write($"float *const states = kept + {Text(FirstState)};");
            for (int state = 0; state < _layer.States; state++)
            {
                int first = state * (_steps + 1) * _units;
                bool isCarried = _layer.IsStateful && state < _layer.CarriedStates;
                Context.Loop("u", _units, $"states[{Terms.Plus("u", first)}] = {(isCarried ? $"states[{Terms.Plus("u", first + (_steps * _units))}]" : "0.0f")};");
            }

            using (Context.BeginFor("t", _steps))
            {
                Writer.Write($"float *const behind = states + {Terms.Times("(t + 1)", _units)};");
                Writer.Write($"{Name}_step(parameters, x + {Terms.Times("t", _inputs)}, states + {Terms.Times("t", _units)}{Distance((_steps + 1) * _units)}, behind, kept + {Terms.Times("t", _sums)});");
                if (_layer.ReturnSequences)
                    Context.Loop("u", _units, $"y[{Terms.Times("t", _units)} + u] = behind[u];");
            }

            if (!_layer.ReturnSequences)
                Context.Loop("u", _units, $"y[u] = states[{Terms.Plus("u", _steps * _units)}];");
        }

        if (!Views.IsOnTheWayBack)
            return;

        EmitSpread("state", "weight_hh", _units, isHidden: true);
        if (Views.InputGradient.Gradient is not null)
            EmitSpread("inputs", "weight_ih", _inputs, isHidden: false);
        EmitBackward();
        if (plan.Learns)
            EmitUpdate();
    }

    /// <summary>What the sums of a frame leave for what they were summed over.</summary>
    private void EmitSpread(string target, string tensor, int count, bool isHidden)
    {
        bool adds = !isHidden && Views.InputGradient.Adds;
        using (Context.BeginFunction(
            $"{Name}: the gradient of {(isHidden ? "the state before a frame" : "the inputs")}, each one chain over gates and units.",
            $"static void {Name}_to_{target}({Parameters}, const float *ds, float *values)"))
        {
            foreach (TileStretch rows in TileSplit.Of(count, Tile))
            {
                using (Context.BeginFor("k", Text(rows.Start), Text(rows.End), rows.Width))
                {
                    Writer.Write($"const float *const w = {Tensor(tensor)} + {Terms.Times("k", _rows)};");
                    Writer.Write($"float sum[{rows.Width}];");
                    Context.Unrolled("i", rows.Width, $"sum[i] = {(isHidden ? "values[k + i]" : "0.0f")};");
                    foreach ((int first, int end, int shift) in Stretches(isHidden))
                    {
                        using (Context.BeginFor("n", Text(first), Text(end)))
                            Context.Unrolled("i", rows.Width, $"sum[i] = {Context.Library.Use("multiply_add")}(ds[{Terms.Plus("n", shift)}], w[{Terms.Times("i", _rows)} + n], sum[i]);");
                    }

                    Context.Unrolled("i", rows.Width, $"values[k + i] {(adds ? "+" : "")}= sum[i];");
                }
            }
        }
    }

    /// <summary>Rows of weights whose sums' gradients lie side by side, and how far from them: of a gru's n over h one gate on.</summary>
    private IEnumerable<(int First, int End, int Shift)> Stretches(bool isHidden) => IsGru && isHidden
        ? [(0, 2 * _units, 0), (2 * _units, _rows, _units)]
        : [(0, _rows, 0)];

    private void EmitBackward()
    {
        bool hasGradient = Views.InputGradient.Gradient is not null;
        using (Context.BeginFunction(
            $"{Name}: frames from the last to the first; the gradients of the sums take the place of the gates.",
            $"static void {Name}_backward({Parameters}, const float *dy, float *kept, float *room{(hasGradient ? ", float *dx" : "")})"))
        {
            Writer.Write($"const float *const states = kept + {Text(FirstState)};");
            Writer.Write("float *const dh = room;");
            if (IsLstm)
            {
                Writer.Write($"float *const dc = room + {Text(_units)};");
                Writer.Write($"const int32_t distance = {Text((_steps + 1) * _units)};");
                Context.Loop("u", _units, "dc[u] = 0.0f;");
            }

            using (Writer.BeginBlock($"for (int32_t t = {Text(_steps - 1)}; t >= 0; t--)"))
            {
                Writer.Write($"float *const sums = kept + {Terms.Times("t", _sums)};");
                Writer.Write($"const float *const before = states + {Terms.Times("t", _units)};");
                if (_layer.Kind != RecurrentKind.Gru)
                    Writer.Write($"const float *const behind = before + {Text(_units)};");
                using (Context.BeginFor("u", _units))
                {
                    string above = _layer.ReturnSequences ? $"dy[{Terms.Times("t", _units)} + u]" : "dy[u]";
                    string carried = _layer.ReturnSequences ? $"{above} + dh[u]" : "dh[u]";
                    Writer.Write($"const float d = t == {Text(_steps - 1)} ? {above} : {carried};");
                    foreach (string statement in _cell.Backward(Context.Library))
                        Writer.Write(statement);
                }

                using (Writer.BeginBlock("if (t > 0)"))
                    Writer.Write($"{Name}_to_state(parameters, sums, dh);");
                if (hasGradient)
                    Writer.Write($"{Name}_to_inputs(parameters, sums, dx + {Terms.Times("t", _inputs)});");
            }
        }
    }

    private void EmitUpdate()
    {
        using (Context.BeginFunction(
            $"{Name}: {(plan.LearnsWeights ? "weights and " : "")}biases along their gradients, each one chain over frames, then samples.",
            $"static void {Name}_update({Updates}, {(plan.LearnsWeights ? "const float *x, " : "")}const float *kept, int32_t count)"))
        {
            if (plan.LearnsWeights)
                EmitWeights();
            EmitBias("bias", _rows, 0);
            if (IsGru)
                EmitBias("bias_n", _units, 3 * _units);
        }
    }

    private void EmitWeights()
    {
        using (Context.BeginFor("k", _inputs))
            EmitWeights("weight_ih", $"x[b * {Text(Views.Input.Stride)} + {Terms.Times("t", _inputs)} + k]", isHidden: false);
        using (Context.BeginFor("k", _units))
            EmitWeights("weight_hh", $"kept[b * {Text(plan.Kept.Stride)} + {Text(FirstState)} + {Terms.Times("t", _units)} + k]", isHidden: true);
    }

    private void EmitWeights(string tensor, string factor, bool isHidden)
    {
        foreach ((int first, int end, int shift) in Stretches(isHidden))
        {
            foreach (TileStretch columns in TileSplit.Of(end - first, Tile))
            {
                using (Context.BeginFor("n", Text(first + columns.Start), Text(first + columns.End), columns.Width))
                {
                    Writer.Write($"float sum[{columns.Width}] = {{0.0f}};");
                    using (Context.BeginFor("t", _steps))
                    using (Context.BeginFor("b", "0", "count"))
                    {
                        Writer.Write($"const float value = {factor};");
                        Context.Unrolled("i", columns.Width, $"sum[i] = {Context.Library.Use("multiply_add")}(value, {Gradient(Terms.Plus("n", shift) + " + i")}, sum[i]);");
                    }

                    Context.Loop("i", columns.Width, Context.Rule!.Update(Member(tensor), $"{Terms.Times("k", _rows)} + n + i", "sum[i]"));
                }
            }
        }
    }

    private void EmitBias(string tensor, int count, int shift)
    {
        using (Context.BeginFor("n", count))
        {
            Writer.Write("float sum = 0.0f;");
            using (Context.BeginFor("t", _steps))
            using (Context.BeginFor("b", "0", "count"))
                Writer.Write($"sum += {Gradient(Terms.Plus("n", shift))};");
            Writer.Write(Context.Rule!.Update(Member(tensor), "n", "sum"));
        }
    }

    private string Gradient(string column) => $"kept[b * {Text(plan.Kept.Stride)} + {Terms.Times("t", _sums)} + {column}]";

    protected override void EmitForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_forward(parameters, {Inputs(call, place)[0]}, {place.Sample(call.Writes[0])}, {place.Sample(call.Writes[1])});");

    protected override void EmitProcessCall(Call call, Places place)
        => Writer.Write($"{Name}_process(parameters, {Inputs(call, place)[0]}, {place.Stream(call.Writes[2])}, {place.Sample(call.Writes[0])}, {place.Sample(call.Writes[1])});");

    protected override void EmitTrainingForwardCall(Call call, Places place)
        => Writer.Write($"{Name}_keep(parameters, {Inputs(call, place)[0]}, {place.Sample(call.Writes[0])}, {place.Sample(call.Writes[1])});");

    protected override void EmitBackwardCall(Call call, Places place)
    {
        string dx = Views.InputGradient.Gradient is { } gradient ? ", " + place.Sample(gradient) : "";
        using (place.BeginSamples())
            Writer.Write($"{Name}_backward(parameters, {place.Sample(Views.Incoming)}, {place.Sample(plan.Kept)}, {place.Sample(plan.Scratch)}{dx});");
    }

    protected override void EmitUpdateCall(Places place)
        => Writer.Write($"{Name}_update({Context.Learned}, {Context.Rule!.Arguments}, {(plan.LearnsWeights ? place.Whole(Views.Input) + ", " : "")}{place.Whole(plan.Kept)}, count);");
}
