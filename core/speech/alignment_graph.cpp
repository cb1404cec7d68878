// SPDX-License-Identifier: Apache-2.0
#include "core/speech/alignment_graph.h"

namespace gesture::speech {

namespace {

WordPosition positionOf(std::size_t index, std::size_t count) {
    if (count == 1) return WordPosition::Only;
    if (index == 0) return WordPosition::First;
    return index + 1 == count ? WordPosition::Last : WordPosition::Inside;
}

} // namespace

AlignmentGraph::AlignmentGraph(const AcousticModel& model, const std::vector<SpokenWord>& words) {
    for (std::int32_t word = 0; word <= static_cast<std::int32_t>(words.size()); ++word) {
        entryBegin_.push_back(static_cast<std::int32_t>(entries_.size()));
        addFillers(model, word);
        if (word < static_cast<std::int32_t>(words.size()))
            addWord(model.definition(), words, word);
    }
    entryBegin_.push_back(static_cast<std::int32_t>(entries_.size()));
}

void AlignmentGraph::addFillers(const AcousticModel& model, std::int32_t junction) {
    const ModelDefinition& definition = model.definition();
    const auto add = [&](UnitKind kind, PhoneId phone) {
        Unit unit;
        unit.kind = kind;
        unit.phone = phone;
        unit.junction = junction;
        unit.joined = unit.apart = definition.plain(phone);
        entries_.push_back(static_cast<std::int32_t>(units_.size()));
        units_.push_back(unit);
    };
    for (PhoneId phone = 0; phone < definition.phoneCount(); ++phone)
        if (definition.isFiller(phone)) add(UnitKind::Silence, phone);
    add(UnitKind::Unknown, definition.silence());
}

void AlignmentGraph::addWord(const ModelDefinition& model, const std::vector<SpokenWord>& words,
                             std::int32_t word) {
    const auto index = static_cast<std::size_t>(word);
    const PhoneId silence = model.silence();
    const PhoneId before = index > 0 ? words[index - 1].front().back() : silence;
    const PhoneId after = index + 1 < words.size() ? words[index + 1].front().front() : silence;
    for (const Pronunciation& phones : words[index]) {
        entries_.push_back(static_cast<std::int32_t>(units_.size()));
        for (std::size_t i = 0; i < phones.size(); ++i) {
            const bool first = i == 0;
            const bool last = i + 1 == phones.size();
            const PhoneId left = first ? before : phones[i - 1];
            const PhoneId right = last ? after : phones[i + 1];
            const WordPosition position = positionOf(i, phones.size());
            Unit unit;
            unit.phone = phones[i];
            unit.word = word;
            unit.junction = last ? word + 1 : -1;
            unit.joined = model.between(phones[i], left, right, position);
            unit.apart =
                model.between(phones[i], first ? silence : left, last ? silence : right, position);
            units_.push_back(unit);
        }
    }
}

} // namespace gesture::speech
