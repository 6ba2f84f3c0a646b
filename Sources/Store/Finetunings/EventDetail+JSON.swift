import Jobs

/// A fact of an event as the JSON of `finetuning_events.detail` holds it: text, integers and lists as they are,
/// a measured number as `{"number":1.0}`, because JSON's 1.0 and 1 are the same and would come back as an integer.
enum StoredDetail: Codable {
    case text(String)
    case integer(Int)
    case number(Double)
    case list([StoredDetail])

    private enum CodingKeys: String, CodingKey {
        case number
    }

    init(_ detail: EventDetail) {
        self =
            switch detail {
            case .text(let text): .text(text)
            case .integer(let integer): .integer(integer)
            case .number(let number): .number(number)
            case .list(let list): .list(list.map(StoredDetail.init))
            }
    }

    var detail: EventDetail {
        switch self {
        case .text(let text): .text(text)
        case .integer(let integer): .integer(integer)
        case .number(let number): .number(number)
        case .list(let list): .list(list.map(\.detail))
        }
    }

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: CodingKeys.self) {
            self = .number(try object.decode(Double.self, forKey: .number))
            return
        }
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let integer = try? value.decode(Int.self) {
            self = .integer(integer)
        } else {
            self = .list(try value.decode([StoredDetail].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        if case .number(let number) = self {
            var object = encoder.container(keyedBy: CodingKeys.self)
            return try object.encode(number, forKey: .number)
        }
        var value = encoder.singleValueContainer()
        switch self {
        case .text(let text): try value.encode(text)
        case .integer(let integer): try value.encode(integer)
        case .number(let number): try value.encode(number)
        case .list(let list): try value.encode(list)
        }
    }
}
