import FinetuneAPI

extension ReportPage {
    /// How it learnt: the curves of what the provider measured.
    var training: HTML? {
        let charts = [
            CurveChart(title: "Loss", curves: curves(["train_loss", "valid_loss", "full_valid_loss"])),
            CurveChart(
                title: "Token accuracy",
                curves: curves([
                    "train_mean_token_accuracy", "train_accuracy", "valid_mean_token_accuracy",
                    "full_valid_mean_token_accuracy",
                ])),
        ].compactMap(\.svg)
        guard !charts.isEmpty || !facts.checkpoints.isEmpty else { return nil }
        return section("How it learnt", "\(charts)" + checkpointTable)
    }

    // The provider tells the same names in its events and in its checkpoints.
    private func curves(_ names: [String]) -> [CurveChart.Curve] {
        names.compactMap { name in
            var points = facts.events.compactMap { $0.detail.point(name) }
            if points.isEmpty {
                points = facts.checkpoints.compactMap { checkpoint in
                    checkpoint.metrics[name]?.double.map { .init(step: Double(checkpoint.step), value: $0) }
                }
            }
            return points.isEmpty ? nil : CurveChart.Curve(name: name, points: points.sorted { $0.step < $1.step })
        }
    }

    private var checkpointTable: HTML {
        guard !facts.checkpoints.isEmpty else { return "" }
        let rows = facts.checkpoints.map { checkpoint -> HTML in
            """
            <tr><td class="number">\(checkpoint.step.grouped)</td><td>\(checkpoint.metrics.readableFacts)</td>\
            <td>\(checkpoint.modelID ?? "")</td></tr>

            """
        }
        return """
            <div class="wide">
            <table><thead><tr><th class="number">step</th><th>measured</th><th>model</th></tr></thead>
            <tbody>
            \(rows)</tbody></table>
            </div>

            """
    }
}

extension JSONValue {
    fileprivate var double: Double? {
        guard case .number(let number) = self else { return nil }
        return number.double
    }

    fileprivate func point(_ name: String) -> CurveChart.Point? {
        guard let step = self["step"]?.double, let value = self[name]?.double else { return nil }
        return CurveChart.Point(step: step, value: value)
    }
}
