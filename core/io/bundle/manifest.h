// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/resample.h"
#include "core/base/result.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

/// Which networks make motion from speech.
enum class Architecture : std::uint8_t { SemTalk, EchoMask, Emage };
/// "semtalk", "echomask", "emage"; for people "SemTalk", "EchoMask", "EMAGE".
[[nodiscard]] std::string_view nameOf(Architecture architecture);
[[nodiscard]] std::string_view titleOf(Architecture architecture);

/// The frames that a window takes over from the one before.
enum class SeedRule : std::uint8_t {
    Motion,    ///< As they were made.
    Reference, ///< As the published programs: jaw and eyes at rest, translation from the clip's
               ///< start.
};

/// What becomes of sound behind the last whole window.
enum class TailRule : std::uint8_t {
    Pad,  ///< A last window is filled up and cut: the motion is as long as the sound.
    Drop, ///< No motion for it, as in the published programs.
};

/// What becomes of that which no speech explains: breath, slow swaying, blinks.
enum class IdleRule : std::uint8_t {
    Made,  ///< The networks learnt from motion that has it.
    Added, ///< They learnt from motion without it: it is added to what they make.
};

/// Sizes by name; a list where a network has one size a layer. Flags are 0 or 1.
using NetworkSizes = std::map<std::string, std::vector<std::int64_t>, std::less<>>;

/// One network of a bundle.
struct NetworkEntry {
    /// What it is: semtalk_base, semtalk_sparse, echomask, emage, hubert, log_mel, clip_text,
    /// projection, motion_tokenizer, emage_tokenizer, global_motion, motion_features.
    std::string kind;
    std::string file; ///< Safetensors, in the bundle's folder.
    NetworkSizes sizes;

    bool operator==(const NetworkEntry&) const = default;
};

/// What a bundle says of a file, so that damage is noticed.
struct BundleFile {
    std::string sha256; ///< 64 lower-case hexadecimal digits.
    std::uint64_t bytes = 0;

    bool operator==(const BundleFile&) const = default;
};

/// `bundle.yaml`: everything the networks of a bundle need to be put together, and where they come
/// from. Value type.
struct BundleManifest {
    static constexpr int kFormat = 1;

    std::string name; ///< For people, one line.
    Architecture architecture = Architecture::SemTalk;
    std::string licence; ///< SPDX name or a sentence; empty: unknown.
    std::string source;  ///< Where the weights come from.
    std::string maker;   ///< Program and version that wrote the bundle.

    std::int64_t speakerCount = 1;
    std::int64_t defaultSpeaker = 0;

    motion::ExpressionSpace expressions = motion::ExpressionSpace::Smplx; ///< Of its faces.
    IdleRule idle = IdleRule::Made;

    // The published weights were trained with quirks of their code ("parity"); a bundle names them.
    audio::SpeechPath speechPath = audio::SpeechPath::Correct;
    SeedRule seeds = SeedRule::Motion;
    TailRule tail = TailRule::Pad;

    /// By role: base, sparse, generator, speech_encoder, sentence_encoder, projection,
    /// tokenizer_face, tokenizer_upper, tokenizer_hands, tokenizer_lower, global_motion,
    /// motion_features.
    std::map<std::string, NetworkEntry, std::less<>> networks;
    /// By role: vocabulary (JSON table of words), merges (of the sentence encoder's tokeniser),
    /// start_pose (motion npz whose first 4 frames seed the first window).
    std::map<std::string, std::string, std::less<>> tables;
    /// By name: every file of `networks` and `tables`.
    std::map<std::string, BundleFile, std::less<>> files;

    bool operator==(const BundleManifest&) const = default;

    /// Every file that `networks` and `tables` name, sorted, each once.
    [[nodiscard]] std::vector<std::string> fileNames() const;
};

/// The manifest's own file in a bundle's folder.
inline constexpr std::string_view kManifestFile = "bundle.yaml";
/// Longest manifest that is read.
inline constexpr std::size_t kMaxManifestBytes = std::size_t{256} << 10;

/// Reads the text of a manifest. The writer is not trusted: plain file names only, known roles and
/// kinds, sizes from 0 to 2^31, at most 64 networks. With `FilesNeeded::No` (a draft) `files` and
/// `networks` may be incomplete. InvalidInput, LimitExceeded; the message says where and what to do.
enum class FilesNeeded { No, Yes };
[[nodiscard]] Result<BundleManifest> parseBundleManifest(std::string_view yaml,
                                                         FilesNeeded files = FilesNeeded::Yes);

/// Same manifest, same text.
[[nodiscard]] std::string formatBundleManifest(const BundleManifest& manifest);

/// Whether the networks that the architecture cannot do without are there, in a kind that fits the
/// role. InvalidInput names the first that is not.
[[nodiscard]] Status checkRoles(const BundleManifest& manifest);

} // namespace gesture::io
