// SPDX-License-Identifier: Apache-2.0
#include "app/studio/workspace/take_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace gesture::app {

namespace {

QString takeWords(const char* text) { return QCoreApplication::translate("Takes", text); }

} // namespace

QString recipeText(const project::Take& take) {
    if (take.provenance.empty() && take.recipe.bundle.empty()) return takeWords("opened");
    QStringList words{
        takeWords("seed %1").arg(take.recipe.options.seed),
        QLocale().toString(take.recipe.options.sampling.values.front().temperature, 'f', 2)};
    if (take.edited.empty()) return words.join(QStringLiteral(" · "));
    inference::PartSet parts{};
    for (const project::EditedRange& range : take.edited)
        for (std::size_t part = 0; part < parts.values.size(); ++part)
            parts.values[part] = parts.values[part] || range.parts.values[part];
    QStringList names;
    for (std::size_t part = 0; part < parts.values.size(); ++part)
        if (parts.values[part])
            names.append(takeWords(
                std::string(motion::nameOf(static_cast<motion::BodyPart>(part))).c_str()));
    const bool all = names.size() == static_cast<qsizetype>(parts.values.size());
    words.append(
        takeWords("%1 redone").arg(all ? takeWords("all") : names.join(QStringLiteral(", "))));
    return words.join(QStringLiteral(" · "));
}

} // namespace gesture::app
