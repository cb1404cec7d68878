// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle/identify.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace gesture::io {

namespace {

/// Tensors by name, without the prefix that a file may give to them.
class Names {
public:
    Names(std::span<const TensorInfo> tensors, std::string_view prefix) {
        for (const TensorInfo& info : tensors)
            if (info.name.starts_with(prefix))
                shapes_.emplace(std::string_view(info.name).substr(prefix.size()), &info.shape);
    }

    [[nodiscard]] bool has(std::string_view name) const { return shapes_.contains(name); }

    /// Size of an axis, or 0 when there is no such tensor or axis.
    [[nodiscard]] std::int64_t axis(std::string_view name, std::size_t axis) const {
        const auto found = shapes_.find(name);
        if (found == shapes_.end() || axis >= found->second->size()) return 0;
        return static_cast<std::int64_t>((*found->second)[axis]);
    }

    /// How many of "<begin>0<end>", "<begin>1<end>", … there are, counted from `first` on in steps
    /// of `step`.
    [[nodiscard]] std::int64_t count(std::string_view begin, std::string_view end,
                                     std::int64_t first = 0, std::int64_t step = 1) const {
        std::int64_t number = 0;
        while (has(fmt::format("{}{}{}", begin, first + step * number, end)))
            ++number;
        return number;
    }

private:
    std::map<std::string_view, const TensorShape*> shapes_;
};

/// A size that shows in an axis of a tensor.
struct AxisRule {
    std::string_view size;
    std::string_view tensor;
    std::size_t axis;
};

/// A size that shows in the number of repetitions of a tensor.
struct CountRule {
    std::string_view size;
    std::string_view begin;
    std::string_view end;
    std::int64_t first = 0;  ///< Number of the first.
    std::int64_t beside = 0; ///< What is to be added.
    std::int64_t step = 1;   ///< From one number to the next.
};

struct Signature {
    std::string_view kind;
    std::string_view role;
    std::string_view prefix;             ///< Of all names of interest in the file.
    std::vector<std::string_view> marks; ///< Tensors that together only this network has.
    std::vector<AxisRule> axes;
    std::vector<CountRule> counts;
};

std::vector<AxisRule> withBody(std::vector<AxisRule> rules) {
    const std::vector<AxisRule> body{
        {"motion", "mask_embeddings", 2},
        {"hidden", "body1d.weight", 0},
        {"latent", "upper1d.weight", 0},
        {"speakers", "spearker_encoder_body.weight", 0},
        {"codes", "upper_classifier.mlp.2.weight", 0},
        {"hidden_feed_forward", "upper_decoder.layers.0.linear1.weight", 0},
        {"latent_feed_forward", "upper_hands_decoder.layers.0.linear1.weight", 0},
        {"residual_feed_forward", "predict_res_upper.cross_attn_1.layers.0.linear1.weight", 0}};
    rules.insert(rules.begin(), body.begin(), body.end());
    return rules;
}

std::vector<CountRule> withRefinement(std::vector<CountRule> rules) {
    rules.push_back({"code_layers", "predict_res_upper.classfier_", ".mlp.0.weight", 1, 1});
    rules.push_back(
        {"residual_depth", "predict_res_upper.cross_attn_1.layers.", ".linear1.weight"});
    return rules;
}

Signature semTalkBase() {
    return {"semtalk_base",
            "base",
            "",
            {"audio_pre_encoder_face.mlp.0.weight", "face_decoder.layers.0.linear1.weight",
             "audio_feature2motion.weight"},
            withBody({{"speech", "hubert_encoder.0.weight", 1},
                      {"beat", "audio_pre_encoder_face.mlp.0.weight", 1}}),
            withRefinement({{"face_layers", "face_decoder.layers.", ".linear1.weight"},
                            {"hint_layers", "wordhints_decoder.layers.", ".linear1.weight"}})};
}

Signature semTalkSparse() {
    return {"semtalk_sparse",
            "sparse",
            "",
            {"gate.weight", "text_pre_encoder_body.weight", "at_attn_bert.weight"},
            withBody({{"speech", "hubert_encoder_body.0.weight", 1},
                      {"beat", "audio_pre_encoder_body.mlp.0.weight", 1},
                      {"words", "text_pre_encoder_body.weight", 0},
                      {"word_width", "text_pre_encoder_body.weight", 1},
                      {"sentence", "clip_embedding.weight", 1}}),
            withRefinement({{"hint_layers", "wordhints_decoder.layers.", ".linear1.weight"}})};
}

Signature echoMask() {
    return {"echomask",
            "generator",
            "",
            {"mask_generator.fusion_weights", "audio_feature2motion_upper.weight"},
            withBody({{"speech", "hubert_encoder.0.weight", 1},
                      {"beat", "audio_pre_encoder_face.mlp.0.weight", 1},
                      {"query_feed_forward",
                       "mask_generator.shared_transformer_decoder.layers.0.linear1.weight", 0}}),
            withRefinement(
                {{"face_layers", "face_decoder.layers.", ".linear1.weight"},
                 {"hint_layers", "mask_generator.shared_transformer_decoder.layers.",
                  ".linear1.weight"},
                 {"alignment_layers", "MAM.motion_encoder_face_1.layers.", ".linear1.weight"}})};
}

Signature hubert(std::string_view prefix) {
    return {"hubert",
            "speech_encoder",
            prefix,
            {"feature_extractor.conv_layers.0.conv.weight", "feature_projection.projection.weight",
             "encoder.layers.0.attention.k_proj.weight"},
            {{"width", "feature_projection.projection.weight", 0},
             {"feed_forward", "encoder.layers.0.feed_forward.intermediate_dense.weight", 0}},
            {{"layers", "encoder.layers.", ".layer_norm.weight"}}};
}

Signature clipText() {
    return {"clip_text",
            "sentence_encoder",
            "",
            {"text_model.embeddings.token_embedding.weight", "text_projection.weight"},
            {{"vocabulary", "text_model.embeddings.token_embedding.weight", 0},
             {"positions", "text_model.embeddings.position_embedding.weight", 0},
             {"width", "text_model.embeddings.token_embedding.weight", 1},
             {"feed_forward", "text_model.encoder.layers.0.mlp.fc1.weight", 0},
             {"projection", "text_projection.weight", 0}},
            {{"layers", "text_model.encoder.layers.", ".layer_norm1.weight"}}};
}

Signature motionTokenizer() {
    return {"motion_tokenizer",
            "tokenizer",
            "",
            {"encoder.model.0.weight", "quantizer.layers.0.codebook", "decoder.model.6.weight"},
            {{"channels", "encoder.model.0.weight", 1},
             {"width", "encoder.model.0.weight", 0},
             {"codes", "quantizer.layers.0.codebook", 0}},
            {{"layers", "quantizer.layers.", ".codebook"}}};
}

Signature emageTokenizer() {
    return {"emage_tokenizer",
            "tokenizer",
            "",
            {"encoder.main.0.weight", "quantizer.embedding.weight"},
            {{"channels", "encoder.main.0.weight", 1},
             {"width", "encoder.main.0.weight", 0},
             {"codes", "quantizer.embedding.weight", 0}},
            {{"convolutions", "encoder.main.", ".weight", 0, 0, 3}}};
}

/// Every network that is known; of two whose marks fit, the first is meant.
std::vector<Signature> signatures() {
    return {
        echoMask(),
        semTalkSparse(),
        semTalkBase(),
        {"emage",
         "generator",
         "",
         {"audio_encoder_face.feat_extractor.0.conv1.weight", "mask_embedding"},
         {{"motion", "mask_embedding", 2},
          {"hint", "motion_encoder.main.0.weight", 0},
          {"audio", "audio_encoder_face.feat_extractor.5.conv1.weight", 0},
          {"codes", "face_cls.fc2.weight", 0},
          {"feed_forward", "face_motion_decoder.layers.0.linear1.weight", 0},
          {"hidden", "speaker_embedding_face.weight", 1},
          {"speakers", "speaker_embedding_face.weight", 0}},
         {{"face_layers", "face_motion_decoder.layers.", ".linear1.weight"},
          {"hint_layers", "audio_motion_cross_attn.layers.", ".linear1.weight"}}},
        hubert(""),
        hubert("hubert."),
        clipText(),
        {"log_mel",
         "speech_encoder",
         "",
         {"conv_in.weight", "blocks.0.depthwise.weight", "heads.apex.weight"},
         {{"bands", "conv_in.weight", 1},
          {"width", "conv_in.weight", 0},
          {"in_kernel", "conv_in.weight", 2},
          {"inner", "blocks.0.widen.weight", 0},
          {"kernel", "blocks.0.depthwise.weight", 2},
          {"phones", "heads.phone.weight", 0},
          {"lexicon_words", "heads.lexicon.weight", 0}},
         {}},
        motionTokenizer(),
        emageTokenizer(),
        {"motion_features",
         "motion_features",
         "",
         {"encoder.layers.0.0.residual.0.mask", "encoder.layers.0.0.common.0.weight"},
         {},
         {}},
        {"global_motion",
         "global_motion",
         "",
         {"encoder.main.0.weight", "decoder.main.10.weight"},
         {{"channels", "encoder.main.0.weight", 1}, {"width", "encoder.main.0.weight", 0}},
         {}},
    };
}

/// The part that a tokenizer is for, by its channels.
std::string tokenizerRole(const NetworkSizes& sizes) {
    const auto channels = sizes.find("channels");
    if (channels == sizes.end()) return {};
    switch (channels->second.front()) {
    case 106:
        return "tokenizer_face";
    case 78:
        return "tokenizer_upper";
    case 180:
        return "tokenizer_hands";
    case 61:
        return "tokenizer_lower";
    default:
        return {};
    }
}

NetworkSizes sizesOf(const Signature& signature, const Names& names) {
    NetworkSizes sizes;
    for (const AxisRule& rule : signature.axes)
        if (const std::int64_t value = names.axis(rule.tensor, rule.axis); value > 0)
            sizes[std::string(rule.size)] = {value};
    for (const CountRule& rule : signature.counts)
        if (const std::int64_t value = names.count(rule.begin, rule.end, rule.first, rule.step);
            value > 0)
            sizes[std::string(rule.size)] = {value + rule.beside};
    return sizes;
}

/// Channels of an attention head in every published HuBERT.
constexpr std::int64_t kHubertHead = 64;

/// What only HuBERT's shapes tell: its convolutions, and where it normalises.
void addConvolutions(const Names& names, NetworkSizes& sizes) {
    const std::int64_t count = names.count("feature_extractor.conv_layers.", ".conv.weight");
    for (std::int64_t i = 0; i < count; ++i) {
        const std::string weight = fmt::format("feature_extractor.conv_layers.{}.conv.weight", i);
        sizes["channels"].push_back(names.axis(weight, 0));
        sizes["kernels"].push_back(names.axis(weight, 2));
    }
    const auto flag = [&](std::string_view tensor) {
        return std::vector<std::int64_t>{names.has(tensor) ? 1 : 0};
    };
    const std::int64_t width = names.axis("feature_projection.projection.weight", 0);
    if (width >= kHubertHead) sizes["heads"] = {width / kHubertHead};
    sizes["convolution_bias"] = flag("feature_extractor.conv_layers.0.conv.bias");
    sizes["stable_norm"] = flag("feature_extractor.conv_layers.1.layer_norm.weight");
    for (const std::string_view spelling :
         {"encoder.pos_conv_embed.conv.weight_v",
          "encoder.pos_conv_embed.conv.parametrizations.weight.original1"}) {
        const std::int64_t perGroup = names.axis(spelling, 1);
        if (perGroup <= 0) continue;
        sizes["position_kernel"] = {names.axis(spelling, 2)};
        sizes["position_groups"] = {names.axis(spelling, 0) / perGroup};
    }
}

bool isProjection(std::span<const TensorInfo> tensors) {
    return tensors.size() == 1 && tensors.front().name == "tensor" &&
           tensors.front().shape.size() == 2 && tensors.front().shape[0] > tensors.front().shape[1];
}

} // namespace

std::optional<WeightsIdentity> identifyWeights(std::span<const TensorInfo> tensors) {
    if (isProjection(tensors)) {
        const TensorShape& shape = tensors.front().shape;
        return WeightsIdentity{"projection",
                               "projection",
                               {{"in", {static_cast<std::int64_t>(shape[0])}},
                                {"out", {static_cast<std::int64_t>(shape[1])}}}};
    }
    for (const Signature& signature : signatures()) {
        const Names names(tensors, signature.prefix);
        if (!std::all_of(signature.marks.begin(), signature.marks.end(),
                         [&](std::string_view mark) { return names.has(mark); }))
            continue;
        WeightsIdentity identity{std::string(signature.kind), std::string(signature.role),
                                 sizesOf(signature, names)};
        if (identity.role == "tokenizer") identity.role = tokenizerRole(identity.sizes);
        if (identity.kind == "hubert") addConvolutions(names, identity.sizes);
        if (identity.role.empty()) return std::nullopt;
        return identity;
    }
    return std::nullopt;
}

} // namespace gesture::io
