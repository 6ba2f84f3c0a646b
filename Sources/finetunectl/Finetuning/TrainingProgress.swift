import FinetuneAPI

/// How far training is, as far as a finetuning's events tell.
struct TrainingProgress: Equatable, Sendable {
    private(set) var status: FinetuningStatus?
    private(set) var step: Int?
    private(set) var totalSteps: Int?
    private(set) var loss: Double?
    /// What was measured at each step so far.
    private(set) var losses: [Double] = []
    private(set) var accuracies: [Double] = []

    private static let widestCurve = 24

    /// Learns from an event.
    mutating func take(_ event: FinetuningEvent) {
        status = event.detail["status"]?.string.flatMap(FinetuningStatus.init) ?? status
        if let loss = event.detail["train_loss"]?.double {
            self.loss = loss
            losses.append(loss)
        }
        if let accuracy = event.detail["train_mean_token_accuracy"]?.double ?? event.detail["train_accuracy"]?.double {
            accuracies.append(accuracy)
        }
        if let steps = event.steps {
            step = steps.done
            totalSteps = steps.total
        } else {
            step = event.detail["step"]?.double.map { Int($0) } ?? step
        }
    }

    /// The state on one line of at most `width` columns; nothing before there is any.
    func line(width: Int) -> String? {
        guard let status, !status.isTerminal else { return nil }
        let facts = loss.map { "  train_loss \($0.rounded(toPlaces: 4))\(curve(losses, width))" } ?? ""
        guard let step else { return (status.rawValue + facts).truncated(toWidth: width) }
        guard let totalSteps else { return "\(status.rawValue)  step \(step)\(facts)".truncated(toWidth: width) }
        let bar = ProgressBar(label: status.rawValue, unit: "steps", total: totalSteps)
        return (bar.line(done: step, elapsed: .zero, width: max(0, width - facts.count)) + facts)
            .truncated(toWidth: width)
    }

    // Only where the bar and the numbers leave enough room.
    private func curve(_ values: [Double], _ width: Int) -> String {
        LineChart(values: values).line(width: min(Self.widestCurve, width / 5)).map { " " + $0 } ?? ""
    }

    /// The curves of the whole training, a title above each; nothing before there are any.
    func curves(width: Int) -> String? {
        let charts = [("loss", losses), ("token accuracy", accuracies)].compactMap { name, values -> String? in
            let rows = LineChart(values: values).rows(width: min(width, 80), height: 6)
            return rows.isEmpty ? nil : ([name] + rows).joined(separator: "\n")
        }
        return charts.isEmpty ? nil : charts.joined(separator: "\n")
    }
}

extension FinetuningEvent {
    /// How far training was: from the metrics, or from a provider's words: `Step 3/30: training loss=0.42`.
    var steps: (done: Int, total: Int)? {
        if let done = detail["step"]?.double, let total = detail["total_steps"]?.double {
            return (Int(done), Int(total))
        }
        let words = message.split { $0 == " " || $0 == ":" }
        guard words.count > 1, words[0].lowercased() == "step" else { return nil }
        let numbers = words[1].split(separator: "/").map { Int($0) }
        guard numbers.count == 2, let done = numbers[0], let total = numbers[1], total > 0 else { return nil }
        return (done, total)
    }
}

extension JSONValue {
    fileprivate var double: Double? {
        guard case .number(let number) = self, abs(number.double) < 1e15 else { return nil }
        return number.double
    }
}

extension Double {
    /// The nearest number with so many decimal places.
    func rounded(toPlaces places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}
