// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/lexicon.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace gesture::gestures {

namespace {

using Palm = PalmFacing;
using Shape = HandShapeName;
using Path = StrokePath;
constexpr Hands Both = Hands::Both;
constexpr Hands Dominant = Hands::Dominant;

// clang-format off
// name, words, hands, preparation, apex, palm, flexion, hand, path, score, head
const std::vector<LexiconGesture> kLexicon = {
    {"big", {"big", "huge", "enormous", "giant"}, Both, {-0.15, -0.42, 0.55}, {0.42, -0.28, 0.52}, Palm::In, 0.0, Shape::Open, Path::Line, 0.7F, HeadMove::None},
    {"small", {"small", "tiny", "little"}, Both, {0.05, -0.45, 0.50}, {-0.22, -0.30, 0.55}, Palm::In, 0.0, Shape::Pinch, Path::Line, 0.6F, HeadMove::Lean},
    {"wide", {"wide", "long", "across"}, Both, {-0.20, -0.48, 0.55}, {0.55, -0.42, 0.42}, Palm::Down, 0.0, Shape::Flat, Path::Line, 0.6F, HeadMove::None},
    {"tall", {"tall", "high"}, Dominant, {0.15, -0.40, 0.48}, {0.25, 0.28, 0.55}, Palm::Down, 10.0, Shape::Flat, Path::Line, 0.6F, HeadMove::Up},
    {"up", {"up", "rises", "above"}, Dominant, {0.10, -0.50, 0.45}, {0.18, 0.22, 0.55}, Palm::In, 0.0, Shape::Point, Path::Line, 0.5F, HeadMove::Up},
    {"down", {"down", "falls", "below"}, Dominant, {0.15, -0.08, 0.52}, {0.15, -0.72, 0.40}, Palm::Down, -10.0, Shape::Flat, Path::Line, 0.5F, HeadMove::Down},
    {"you", {"you", "your"}, Dominant, {0.00, -0.50, 0.40}, {0.00, -0.28, 0.86}, Palm::Up, 0.0, Shape::Cup, Path::Line, 0.4F, HeadMove::None},
    {"me", {"me", "myself"}, Dominant, {0.05, -0.45, 0.45}, {-0.28, -0.34, 0.26}, Palm::Back, 10.0, Shape::Flat, Path::Line, 0.3F, HeadMove::Nod},
    {"here", {"here", "this"}, Dominant, {0.00, -0.25, 0.52}, {0.00, -0.60, 0.58}, Palm::Down, 15.0, Shape::Point, Path::Line, 0.3F, HeadMove::Down},
    {"there", {"there", "that"}, Dominant, {0.10, -0.42, 0.42}, {0.72, -0.05, 0.48}, Palm::Down, 0.0, Shape::Point, Path::Line, 0.4F, HeadMove::Turn},
    {"all", {"everyone", "together", "everything"}, Both, {-0.20, -0.28, 0.58}, {0.45, -0.48, 0.48}, Palm::Up, 0.0, Shape::Open, Path::Arc, 0.8F, HeadMove::Sway},
    {"one", {"one", "first"}, Dominant, {0.10, -0.45, 0.45}, {0.12, -0.08, 0.48}, Palm::Forward, -15.0, Shape::Point, Path::Line, 0.7F, HeadMove::None},
    {"two", {"two", "second"}, Dominant, {0.10, -0.45, 0.45}, {0.12, -0.08, 0.48}, Palm::Forward, -15.0, Shape::Two, Path::Line, 0.7F, HeadMove::None},
    {"three", {"three", "third"}, Dominant, {0.10, -0.45, 0.45}, {0.12, -0.08, 0.48}, Palm::Forward, -15.0, Shape::Three, Path::Line, 0.7F, HeadMove::None},
    {"no", {"no", "never", "nothing"}, Dominant, {-0.32, -0.42, 0.52}, {0.45, -0.42, 0.48}, Palm::Down, 0.0, Shape::Flat, Path::Line, 0.9F, HeadMove::Shake},
    {"yes", {"yes", "certainly", "absolutely"}, Dominant, {0.05, -0.55, 0.42}, {0.10, -0.42, 0.66}, Palm::Up, 0.0, Shape::Cup, Path::Line, 0.8F, HeadMove::DoubleNod},
    {"stop", {"stop", "wait"}, Dominant, {0.05, -0.40, 0.38}, {0.05, -0.02, 0.74}, Palm::Forward, -55.0, Shape::Flat, Path::Line, 0.9F, HeadMove::None},
    {"maybe", {"maybe", "perhaps"}, Both, {0.10, -0.52, 0.42}, {0.38, -0.42, 0.40}, Palm::Up, 0.0, Shape::Open, Path::Line, 0.9F, HeadMove::Tilt},
    {"why", {"why", "how"}, Both, {0.05, -0.60, 0.45}, {0.20, -0.46, 0.55}, Palm::Up, 0.0, Shape::Cup, Path::Line, 0.8F, HeadMove::Tilt},
    {"idea", {"idea", "because"}, Dominant, {0.05, -0.55, 0.40}, {-0.05, -0.32, 0.58}, Palm::Up, 0.0, Shape::Cup, Path::Arc, 0.8F, HeadMove::None},
    {"think", {"think", "remember"}, Dominant, {0.15, -0.40, 0.38}, {-0.06, 0.30, 0.16}, Palm::In, 0.0, Shape::Point, Path::Line, 0.9F, HeadMove::Up},
    {"round", {"round", "circle", "around"}, Dominant, {0.05, -0.30, 0.58}, {0.05, -0.20, 0.60}, Palm::Down, 0.0, Shape::Point, Path::Circle, 0.6F, HeadMove::None},
    {"back", {"back", "before"}, Dominant, {0.20, -0.35, 0.40}, {0.28, 0.08, 0.12}, Palm::Back, 0.0, Shape::Thumb, Path::Line, 0.7F, HeadMove::Turn},
    {"next", {"next", "forward"}, Dominant, {0.00, -0.30, 0.38}, {0.05, -0.36, 0.80}, Palm::Down, 0.0, Shape::Flat, Path::Arc, 0.6F, HeadMove::None},
    {"fast", {"fast", "quickly"}, Dominant, {0.35, -0.28, 0.48}, {-0.25, -0.28, 0.55}, Palm::In, 0.0, Shape::Flat, Path::Fast, 0.7F, HeadMove::None},
    {"slow", {"slowly", "gently"}, Both, {0.12, -0.22, 0.55}, {0.12, -0.60, 0.50}, Palm::Down, 0.0, Shape::Flat, Path::Slow, 0.7F, HeadMove::None},
    {"heart", {"love", "heart"}, Both, {0.00, -0.45, 0.45}, {-0.30, -0.30, 0.24}, Palm::Back, 0.0, Shape::Flat, Path::Line, 0.9F, HeadMove::Down},
    {"open", {"open"}, Both, {-0.28, -0.44, 0.50}, {0.30, -0.50, 0.46}, Palm::Up, 0.0, Shape::Open, Path::Arc, 0.7F, HeadMove::None},
    {"between", {"between", "middle"}, Dominant, {-0.22, -0.28, 0.55}, {-0.28, -0.55, 0.55}, Palm::In, 0.0, Shape::Flat, Path::Chop, 0.6F, HeadMove::None},
    {"great", {"great", "perfect"}, Dominant, {0.05, -0.45, 0.45}, {0.08, -0.16, 0.50}, Palm::Forward, -10.0, Shape::Ring, Path::Line, 1.0F, HeadMove::Nod},
};
// clang-format on

std::map<std::string, std::size_t, std::less<>> indexOfWords() {
    std::map<std::string, std::size_t, std::less<>> index;
    for (std::size_t i = 0; i < kLexicon.size(); ++i)
        for (const std::string_view word : kLexicon[i].words)
            index.emplace(word, i);
    return index;
}

} // namespace

Eigen::Vector3d directionOf(PalmFacing palm) {
    switch (palm) {
    case PalmFacing::In:
        return {-1.0, 0.0, 0.0};
    case PalmFacing::Out:
        return {1.0, 0.0, 0.0};
    case PalmFacing::Up:
        return {0.0, 1.0, 0.0};
    case PalmFacing::Down:
        return {0.0, -1.0, 0.0};
    case PalmFacing::Forward:
        return {0.0, 0.0, 1.0};
    case PalmFacing::Back:
        return {0.0, 0.0, -1.0};
    }
    return Eigen::Vector3d::Zero();
}

std::span<const LexiconGesture> lexicon() { return kLexicon; }

std::string plainWord(std::string_view word) {
    std::string plain;
    for (const char c : word) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalpha(byte) != 0 && byte < 0x80)
            plain += static_cast<char>(std::tolower(byte));
        else if (c == '\'' && !plain.empty())
            plain += c;
    }
    while (!plain.empty() && plain.back() == '\'')
        plain.pop_back();
    return plain;
}

std::optional<std::size_t> gestureOfWord(std::string_view word) {
    static const auto index = indexOfWords();
    const auto found = index.find(plainWord(word));
    if (found == index.end()) return std::nullopt;
    return found->second;
}

} // namespace gesture::gestures
