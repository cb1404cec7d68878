// SPDX-License-Identifier: Apache-2.0
#include "core/speech/decoder.h"

#include "core/speech/sphinx_guard.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <pocketsphinx.h>
#include <sphinxbase/cmd_ln.h>
#include <sphinxbase/feat.h>
#include <sphinxbase/logmath.h>

namespace gesture::speech {

namespace {

/// Frames between two looks at the control.
constexpr std::int64_t kBlock = 50;

/// The library ends the program on some damaged files: the front of this one is looked at before.
bool looksLikeLanguageModel(const std::filesystem::path& path) {
    constexpr std::string_view kMagic = "Trie Language Model";
    std::string start(kMagic.size(), '\0');
    std::ifstream file(path, std::ios::binary);
    return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == kMagic;
}

/// The word without the number of its pronunciation: "the(2)".
std::string baseWord(std::string_view word) {
    return std::string(word.substr(0, std::min(word.find('('), word.size())));
}

bool isFiller(std::string_view word) { return word.front() == '<' || word.front() == '['; }

/// Lets the decoder hear frames [begin, end).
bool hear(ps_decoder_t* decoder, const Cepstra& cepstra, std::int64_t begin, std::int64_t end) {
    std::vector<Cepstrum> block;
    std::vector<float*> rows;
    rows.reserve(static_cast<std::size_t>(end - begin));
    for (std::int64_t i = begin; i < end; ++i)
        block.push_back(cepstra.frame(i));
    for (Cepstrum& row : block)
        rows.push_back(row.data());
    return ps_process_cep(decoder, rows.data(), static_cast<int>(rows.size()), FALSE, FALSE) >= 0;
}

/// The likeliest words of what was heard from frame `begin` on.
std::vector<DecodedWord> hypothesis(ps_decoder_t* decoder, std::int64_t begin) {
    std::vector<DecodedWord> words;
    std::int32_t score = 0;
    if (ps_get_hyp(decoder, &score) == nullptr) return words;
    for (ps_seg_t* seg = ps_seg_iter(decoder); seg != nullptr; seg = ps_seg_next(seg)) {
        const std::string_view word = ps_seg_word(seg);
        if (word.empty() || isFiller(word)) continue;
        int first = 0;
        int last = 0;
        std::int32_t acoustic = 0;
        std::int32_t language = 0;
        std::int32_t backOff = 0;
        ps_seg_frames(seg, &first, &last);
        const double posterior =
            logmath_exp(ps_get_logmath(decoder), ps_seg_prob(seg, &acoustic, &language, &backOff));
        words.push_back({baseWord(word), begin + first, begin + last + 1,
                         static_cast<float>(std::clamp(posterior, 0.0, 1.0))});
    }
    return words;
}

} // namespace

struct Decoder::Impl {
    struct FreeDecoder {
        void operator()(ps_decoder_t* spent) const { ps_free(spent); }
    };
    std::unique_ptr<ps_decoder_t, FreeDecoder> decoder;
};

Decoder::Decoder(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;
Decoder::~Decoder() = default;

Result<Decoder> Decoder::create(const SpeechModelFiles& files) {
    silenceSphinx();
    const Error damaged{ErrorCode::InvalidInput,
                        fmt::format("'{}' is no language model that this program reads: install "
                                    "the package pocketsphinx-en-us again.",
                                    files.languageModel.string())};
    if (!looksLikeLanguageModel(files.languageModel)) return damaged;
    cmd_ln_t* const config = cmd_ln_init(
        nullptr, ps_args(), TRUE, "-hmm", files.acoustic.c_str(), "-dict", files.dictionary.c_str(),
        "-lm", files.languageModel.c_str(), static_cast<const char*>(nullptr));
    if (config == nullptr) return damaged;
    auto impl = std::make_unique<Impl>();
    impl->decoder.reset(ps_init(config));
    cmd_ln_free_r(config);
    if (!impl->decoder) return damaged;
    // The cepstra come levelled already.
    ps_get_feat(impl->decoder.get())->cmn = CMN_NONE;
    return Decoder(std::move(impl));
}

Result<std::vector<DecodedWord>> Decoder::decode(const Cepstra& cepstra, std::int64_t begin,
                                                 std::int64_t end, JobControl& control) {
    ps_decoder_t* const decoder = impl_->decoder.get();
    const Error failed{ErrorCode::Internal, "The speech decoder failed. Please report this."};
    if (ps_start_utt(decoder) < 0) return failed;
    bool ok = true;
    for (std::int64_t frame = begin; ok && frame < end && !control.stopRequested();
         frame += kBlock) {
        ok = hear(decoder, cepstra, frame, std::min(end, frame + kBlock));
        control.advanceTo(std::min(end, frame + kBlock));
    }
    ok = ps_end_utt(decoder) >= 0 && ok;
    if (control.stopRequested()) return JobControl::cancelled("Recognising");
    if (!ok) return failed;
    return hypothesis(decoder, begin);
}

} // namespace gesture::speech
