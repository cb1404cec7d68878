// SPDX-License-Identifier: Apache-2.0
#include "core/io/bundle/roles.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gesture::io {

namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 1> kBase{"semtalk_base"};
constexpr std::array<std::string_view, 1> kSparse{"semtalk_sparse"};
constexpr std::array<std::string_view, 2> kGenerators{"echomask", "emage"};
constexpr std::array<std::string_view, 2> kSpeechEncoders{"hubert", "log_mel"};
constexpr std::array<std::string_view, 1> kSentenceEncoders{"clip_text"};
constexpr std::array<std::string_view, 1> kProjections{"projection"};
constexpr std::array<std::string_view, 2> kTokenizers{"motion_tokenizer", "emage_tokenizer"};
constexpr std::array<std::string_view, 1> kGlobalMotions{"global_motion"};
constexpr std::array<std::string_view, 1> kFeatures{"motion_features"};

constexpr std::array<Role, 12> kRoles{{{"base", kBase},
                                       {"sparse", kSparse},
                                       {"generator", kGenerators},
                                       {"speech_encoder", kSpeechEncoders},
                                       {"sentence_encoder", kSentenceEncoders},
                                       {"projection", kProjections},
                                       {"tokenizer_face", kTokenizers},
                                       {"tokenizer_upper", kTokenizers},
                                       {"tokenizer_hands", kTokenizers},
                                       {"tokenizer_lower", kTokenizers},
                                       {"global_motion", kGlobalMotions},
                                       {"motion_features", kFeatures}}};

constexpr std::array<std::string_view, 8> kForSemTalk{"base",
                                                      "sparse",
                                                      "speech_encoder",
                                                      "tokenizer_face",
                                                      "tokenizer_upper",
                                                      "tokenizer_hands",
                                                      "tokenizer_lower",
                                                      "global_motion"};
constexpr std::array<std::string_view, 7> kForEchoMask{
    "generator",       "speech_encoder",  "tokenizer_face", "tokenizer_upper",
    "tokenizer_hands", "tokenizer_lower", "global_motion"};
constexpr std::array<std::string_view, 6> kForEmage{"generator",       "tokenizer_face",
                                                    "tokenizer_upper", "tokenizer_hands",
                                                    "tokenizer_lower", "global_motion"};

constexpr std::array<std::string_view, 3> kTables{"vocabulary", "merges", "start_pose"};

bool contains(Names names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Tokenizers and generator of EMAGE belong together, as do those of the other two.
Status checkPairing(const BundleManifest& manifest) {
    const bool emage = manifest.architecture == Architecture::Emage;
    for (const auto& [role, entry] : manifest.networks) {
        const bool ofEmage = entry.kind == "emage" || entry.kind == "emage_tokenizer";
        const bool ofOthers = entry.kind == "echomask" || entry.kind == "motion_tokenizer";
        if ((emage && ofOthers) || (!emage && ofEmage))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("The bundle says that it is {}, but its '{}' is of kind '{}'.",
                                     titleOf(manifest.architecture), role, entry.kind)};
    }
    return Status::success();
}

} // namespace

const Role* findRole(std::string_view name) {
    const auto* found = std::find_if(kRoles.begin(), kRoles.end(),
                                     [&](const Role& role) { return role.name == name; });
    return found == kRoles.end() ? nullptr : found;
}

std::span<const std::string_view> requiredRoles(Architecture architecture) {
    switch (architecture) {
    case Architecture::SemTalk:
        return kForSemTalk;
    case Architecture::EchoMask:
        return kForEchoMask;
    case Architecture::Emage:
        return kForEmage;
    }
    return {};
}

bool isTableRole(std::string_view name) { return contains(kTables, name); }

Status checkRoles(const BundleManifest& manifest) {
    for (const std::string_view role : requiredRoles(manifest.architecture))
        if (!manifest.networks.contains(role))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("The bundle has no '{}', which {} cannot do without.", role,
                                     titleOf(manifest.architecture))};
    for (const auto& [name, entry] : manifest.networks) {
        const Role* role = findRole(name);
        if (role == nullptr)
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' is not a network that a bundle can have.", name)};
        if (!contains(role->kinds, entry.kind))
            return Error{ErrorCode::InvalidInput,
                         fmt::format("'{}' is of kind '{}'; it must be {}.", name, entry.kind,
                                     fmt::join(role->kinds, " or "))};
    }
    return checkPairing(manifest);
}

} // namespace gesture::io
