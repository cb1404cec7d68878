// SPDX-License-Identifier: Apache-2.0
#include "training/loop/figure_means.h"

#include <algorithm>
#include <string_view>

namespace gesture::training {

namespace {

std::vector<std::string> splitLines(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

} // namespace

void FigureMeans::add(const Figures& figures) {
    for (const auto& [name, value] : figures) {
        auto found = std::find_if(sums_.begin(), sums_.end(), [&, wanted = &name](const Sum& sum) {
            return sum.name == *wanted;
        });
        if (found == sums_.end()) found = sums_.insert(sums_.end(), {name, 0.0, 0.0});
        found->sum += value;
        found->count += 1.0;
    }
}

Result<Figures> FigureMeans::take(RankGroup& group) {
    std::string list;
    for (const Sum& sum : sums_)
        list += sum.name + "\n";
    const auto shared = group.spread(std::move(list));
    if (!shared) return shared.error();
    const std::vector<std::string> names = splitLines(*shared);
    std::vector<double> values;
    for (const std::string& name : names) {
        const auto found = std::find_if(sums_.begin(), sums_.end(),
                                        [&](const Sum& sum) { return sum.name == name; });
        values.push_back(found == sums_.end() ? 0.0 : found->sum);
        values.push_back(found == sums_.end() ? 0.0 : found->count);
    }
    sums_.clear();
    const auto totals = group.sum(std::move(values));
    if (!totals) return totals.error();
    Figures means;
    for (std::size_t i = 0; i < names.size(); ++i)
        means.emplace_back(names[i], (*totals)[2 * i] / (*totals)[2 * i + 1]);
    return means;
}

} // namespace gesture::training
