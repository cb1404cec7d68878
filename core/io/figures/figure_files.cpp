// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/figure_files.h"

#include "core/base/atomic_file.h"
#include "core/io/figures/figure_writers.h"

#include <algorithm>
#include <fmt/format.h>

namespace gesture::io {

Result<std::vector<NamedContent>> figureFiles(const std::string& base,
                                              std::span<const Figure> pages, double pixelsPerInch) {
    std::vector<NamedContent> files;
    files.emplace_back(base + ".pdf", figuresAsPdf(pages));
    const auto digits = std::max<std::size_t>(2, std::to_string(pages.size()).size());
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const std::string name =
            pages.size() == 1 ? base : fmt::format("{}-{:0{}}", base, i + 1, digits);
        auto png = figureAsPng(pages[i], pixelsPerInch);
        if (!png) return std::move(png).error().withContext(name + ".png");
        files.emplace_back(name + ".svg", figureAsSvg(pages[i]));
        files.emplace_back(name + ".png", std::move(*png));
    }
    return files;
}

Status saveFigure(const Figure& figure, const std::filesystem::path& target, double pixelsPerInch) {
    const std::string extension = target.extension().string();
    if (extension == ".svg") return writeTextAtomically(target, figureAsSvg(figure));
    if (extension == ".pdf")
        return writeTextAtomically(target, figuresAsPdf(std::span(&figure, 1)));
    if (extension == ".png") {
        auto png = figureAsPng(figure, pixelsPerInch);
        if (!png) return std::move(png).error();
        return writeTextAtomically(target, *png);
    }
    return Error{ErrorCode::Usage, "Figures are written as .svg, .pdf or .png; '" +
                                       target.filename().string() + "' is none of these."};
}

} // namespace gesture::io
