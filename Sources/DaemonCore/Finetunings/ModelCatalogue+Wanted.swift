import FinetuneAPI
import Jobs

extension ModelCatalogue {
    /// The model that a client names in `field`; refused with the nearest names if there is none.
    func model(_ name: ProviderModelID, of provider: ProviderName, field: String) throws(APIError) -> CataloguedModel {
        if let model = find(provider, name) { return model }
        let known = names(of: provider)
        let nearest = NearestName.several(name.rawValue, among: known)
        let suggestion =
            nearest.isEmpty
            ? (known.isEmpty ? "" : "It has \(known.joined(separator: ", ")). ")
            : "Did you mean \(nearest.joined(separator: " or "))? "
        throw APIError(
            .llmModelNotSupported, "the model catalogue has no model \"\(name.rawValue.prefix(128))\" of \(provider)",
            remedy: suggestion + "A new model is added in /etc/finetuned/models.yaml, in the form of "
                + "/usr/share/finetuned/models.yaml, and is known after a reload of the daemon.",
            detail: ["field": .string(field), "nearest": .array(nearest.map(JSONValue.string))])
    }
}
