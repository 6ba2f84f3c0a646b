internal import Jobs

extension OpenAIContract {
    /// An object of measurements. What is no number in it is left out.
    struct Measurements: Decodable {
        let metrics: Metrics

        private struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Name.self)
            var metrics: Metrics = [:]
            for name in container.allKeys {
                metrics[name.stringValue] = try container.decode(NumberIfAny.self, forKey: name).value
            }
            self.metrics = metrics
        }
    }

    private struct NumberIfAny: Decodable {
        let value: Double?

        init(from decoder: any Decoder) throws {
            do {
                value = try decoder.singleValueContainer().decode(Double.self)
            } catch {
                // No number that there can be: the decoder has more than one way to say so.
                value = nil
            }
        }
    }
}
