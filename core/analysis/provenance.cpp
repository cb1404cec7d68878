// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/provenance.h"

#include "core/base/sha256.h"
#include "core/io/transcript/transcript_json.h"

#include <nlohmann/json.hpp>
#include <span>
#include <string_view>
#include <utility>

namespace gesture::analysis {

namespace {

using inference::MotionFrames;

constexpr const char* kMadeByGenerating = "generate";

std::string_view nameOf(inference::RootMotion root) {
    switch (root) {
    case inference::RootMotion::Full:
        return "full";
    case inference::RootMotion::InPlace:
        return "in-place";
    case inference::RootMotion::FeetLocked:
        return "feet-locked";
    case inference::RootMotion::None:
        return "none";
    }
    return "full";
}

std::string hashOf(const MotionFrames& frames) {
    Sha256 hash;
    for (const auto* values : {&frames.poses, &frames.translations, &frames.expressions})
        hash.update(std::as_bytes(std::span(*values)));
    return hash.finish();
}

/// What every record says of a request: what was asked for, without names of files and devices.
nlohmann::json commonRecord(const inference::SpeechSource& speech,
                            const inference::GenerateOptions& options, const SourceHashes& hashes) {
    const inference::Sampling& sampling = options.sampling.values.front();
    nlohmann::json record{{"program", "gesture-studio " GESTURE_VERSION},
                          {"bundleSha256", hashes.bundle},
                          {"audioSha256", hashes.speech},
                          {"words", speech.transcript.words.size()},
                          {"speaker", options.speaker},
                          {"seed", options.seed},
                          {"temperature", sampling.temperature},
                          {"topP", sampling.topP},
                          {"semanticThreshold", options.semanticThreshold}};
    if (const std::string words = wordsHash(speech.transcript); !words.empty())
        record["wordsSha256"] = words;
    return record;
}

/// The same of a request for a motion.
nlohmann::json generateRecord(const inference::GenerateRequest& request,
                              const SourceHashes& hashes) {
    nlohmann::json record = commonRecord(request.speech, request.options, hashes);
    record["made"] = kMadeByGenerating;
    record["root"] = nameOf(request.options.root);
    record["smooth"] = request.options.smooth;
    const bool reference = request.options.rules == inference::WindowRules::Reference;
    record["rules"] = reference ? "reference" : "product";
    if (request.compute.precision == inference::Precision::Half) record["precision"] = "half";
    if (!request.options.idle) record["idle"] = false;
    if (request.startPose.count() > 0) record["startPoseSha256"] = hashOf(request.startPose);
    return record;
}

/// The record as one line, with the names of files and where the motion was computed.
template <typename Request>
std::string lineOf(nlohmann::json record, const Request& request,
                   const inference::RequestSummary& summary) {
    record["bundle"] = request.bundle.filename().string();
    record["audio"] = request.speech.audio.filename().string();
    record["device"] = summary.device;
    record["threads"] = summary.threads;
    return record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

std::string provenanceOf(const inference::GenerateRequest& request,
                         const inference::RequestSummary& summary) {
    return lineOf(generateRecord(request, {summary.bundleHash, summary.speechHash}), request,
                  summary);
}

std::string provenanceOf(const inference::EditRequest& request,
                         const inference::RequestSummary& summary, const std::string& mask) {
    nlohmann::json record =
        commonRecord(request.speech, request.options, {summary.bundleHash, summary.speechHash});
    record["made"] = "edit";
    record["mask"] = mask;
    record["margin"] = request.margin;
    for (const inference::PinnedPose& pin : request.pins)
        record["pins"].push_back({{"frame", pin.frame.value}, {"joints", pin.joints}});
    for (const inference::HandTarget& target : request.targets)
        record["hands"].push_back({{"frame", target.frame.value},
                                   {"wrist", target.wrist},
                                   {"position", target.position}});
    return lineOf(std::move(record), request, summary);
}

bool isGenerated(const std::string& provenance) {
    const auto record = nlohmann::json::parse(provenance, nullptr, false);
    return record.is_object() && record.value("made", nlohmann::json{}) == kMadeByGenerating;
}

std::string wordsHash(const audio::Transcript& transcript) {
    if (transcript.words.empty()) return {};
    return sha256Of(io::formatTranscriptJson(transcript));
}

bool madeForWords(const std::string& provenance, const std::string& hash) {
    const auto record = nlohmann::json::parse(provenance, nullptr, false);
    if (!record.is_object()) return true;
    return record.value("wordsSha256", nlohmann::json("")) == nlohmann::json(hash);
}

bool answersRequest(const std::string& provenance, const inference::GenerateRequest& request,
                    const SourceHashes& hashes) {
    auto record = nlohmann::json::parse(provenance, nullptr, false);
    if (!record.is_object()) return false;
    for (const char* key : {"bundle", "audio", "device", "threads", "film"})
        record.erase(key);
    return record == generateRecord(request, hashes);
}

} // namespace gesture::analysis
