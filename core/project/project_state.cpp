// SPDX-License-Identifier: Apache-2.0
#include "core/project/project_state.h"

#include <algorithm>

namespace gesture::project {

bool isContentHash(const std::string& text) {
    constexpr std::size_t kDigits = 64;
    return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

const Take* findTake(const ProjectState& state, ItemId id) {
    const auto found = std::find_if(state.takes.begin(), state.takes.end(),
                                    [&](const Take& take) { return take.id == id; });
    return found == state.takes.end() ? nullptr : &*found;
}

const Take* findTake(const ProjectState& state, const std::string& name) {
    const auto found =
        std::find_if(state.takes.rbegin(), state.takes.rend(),
                     [&](const Take& take) { return !take.deleted && take.name == name; });
    return found == state.takes.rend() ? nullptr : &*found;
}

const Take* chosenTake(const ProjectState& state) {
    const Take* chosen = findTake(state, state.choice.a);
    if (chosen != nullptr && !chosen->deleted) return chosen;
    const auto last = std::find_if(state.takes.rbegin(), state.takes.rend(),
                                   [](const Take& take) { return !take.deleted; });
    return last == state.takes.rend() ? nullptr : &*last;
}

} // namespace gesture::project
