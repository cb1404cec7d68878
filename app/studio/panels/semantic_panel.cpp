// SPDX-License-Identifier: Apache-2.0
#include "app/studio/panels/semantic_panel.h"

#include "app/studio/widgets/keep_keys.h"
#include "core/inference/mask_strategy.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

constexpr int kStrengthSteps = 40; ///< 0.05 each.
constexpr double kMostStrength = 2.0;
constexpr int kRowHeight = 26;

AttentionContent cardContent(const SemanticContent& content) {
    AttentionContent card;
    card.state = content.state;
    card.computeSeconds = content.computeSeconds;
    card.reason =
        content.reason.isEmpty() ? SemanticPanel::tr("No semantic score yet.") : content.reason;
    if (!content.computable) card.offer = MapOffer::NoSuchMap;
    return card;
}

} // namespace

SemanticPanel::SemanticPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , pages_(new QStackedWidget(this))
    , card_(new MapStateCard(this))
    , spans_(new SpanTable(this))
    , sorted_(new QSortFilterProxyModel(this)) {
    pages_->addWidget(makeBody(theme));
    pages_->addWidget(card_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->addWidget(pages_);
    connect(card_, &MapStateCard::computeRequested, this, &SemanticPanel::computeRequested);
    setTheme(theme);
    setContent({});
}

QWidget* SemanticPanel::makeBody(const Theme& theme) {
    auto* body = new QWidget(pages_);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    notice_ = new MapNotice(body);
    histogram_ = new ScoreHistogram(theme, body);
    summary_ = new QLabel(body);
    summary_->setObjectName(QStringLiteral("hint"));
    summary_->setWordWrap(true);
    list_ = new QTableView(body);
    buildList();
    column->addWidget(notice_);
    column->addWidget(histogram_);
    column->addWidget(summary_);
    column->addWidget(list_, 1);
    gateText_ = new QLabel(body);
    gateText_->setObjectName(QStringLiteral("secondary"));
    gateText_->setWordWrap(true);
    gate_ = new SegmentBar(tr("Gate"), {{tr("Auto")}, {tr("Base")}, {tr("Semantic")}}, theme, body);
    gate_->setToolTip(tr("Which motion the tokens take: as the score says, always the base, or "
                         "always the semantic one. At once, without running the networks."));
    column->addWidget(gateText_);
    column->addWidget(gate_);
    buildFoot(*column);
    buildAgreement(theme, *column);
    connect(&notice_->button(), &QPushButton::clicked, this, &SemanticPanel::computeRequested);
    connect(histogram_, &ScoreHistogram::thresholdChanged, this,
            [this](double threshold, bool finished) {
                content_.threshold = threshold;
                refreshSpans();
                Q_EMIT thresholdChanged(threshold, finished);
            });
    connect(gate_, &SegmentBar::chosen, this, [this](int index) {
        const TokenSpan tokens = gateTokens();
        if (tokens.begin < tokens.end) Q_EMIT gateRequested(tokens, static_cast<GateMode>(index));
    });
    return body;
}

void SemanticPanel::buildList() {
    sorted_->setSourceModel(spans_);
    sorted_->setSortRole(Qt::UserRole);
    list_->setModel(sorted_);
    list_->setAccessibleName(tr("Spans above the threshold"));
    list_->setToolTip(tr("Click: go there. Space: play it."));
    list_->setSelectionBehavior(QAbstractItemView::SelectRows);
    list_->setSelectionMode(QAbstractItemView::SingleSelection);
    list_->setSortingEnabled(true);
    list_->sortByColumn(SpanTable::Time, Qt::AscendingOrder);
    list_->setShowGrid(false);
    list_->setWordWrap(false);
    list_->setMinimumHeight(90);
    list_->verticalHeader()->hide();
    list_->verticalHeader()->setDefaultSectionSize(kRowHeight);
    list_->horizontalHeader()->setHighlightSections(false);
    list_->horizontalHeader()->setSectionResizeMode(SpanTable::Words, QHeaderView::Stretch);
    for (const auto& [column, width] :
         {std::pair(SpanTable::Time, 76), std::pair(SpanTable::Score, 54),
          std::pair(SpanTable::Length, 62)}) {
        list_->setColumnWidth(column, width);
    }
    keepArrowKeys(*list_);
    list_->installEventFilter(this);
    connect(list_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        const SemanticSpan* span = chosenSpan();
        refreshGate();
        if (span != nullptr) Q_EMIT frameChosen(span->frames.begin);
    });
}

void SemanticPanel::buildFoot(QVBoxLayout& column) {
    strength_ = new QSlider(Qt::Horizontal, this);
    strength_->setRange(0, kStrengthSteps);
    strength_->setAccessibleName(tr("Strength"));
    strength_->setToolTip(tr("How much the semantic motion is emphasised. Runs the networks again "
                             "when you let go."));
    keepArrowKeys(*strength_);
    strengthText_ = new QLabel(this);
    strengthText_->setObjectName(QStringLiteral("mono"));
    auto* name = new QLabel(tr("Strength"), this);
    name->setObjectName(QStringLiteral("secondary"));
    name->setBuddy(strength_);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(name);
    row->addWidget(strength_, 1);
    row->addWidget(strengthText_);
    column.addLayout(row);
    toMask_ = new QPushButton(tr("To mask"), this);
    toMask_->setToolTip(tr("Mask the frames above the threshold in the active parts"));
    export_ = new QPushButton(tr("Export CSV…"), this);
    export_->setToolTip(tr("Score and gate of every token as a table"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(toMask_);
    buttons->addWidget(export_);
    buttons->addStretch(1);
    column.addLayout(buttons);
    const auto report = [this](bool finished) {
        content_.strength = strength_->value() * kMostStrength / kStrengthSteps;
        strengthText_->setText(QLocale().toString(content_.strength, 'f', 2));
        Q_EMIT strengthChanged(content_.strength, finished);
    };
    connect(strength_, &QSlider::valueChanged, this,
            [this, report] { report(!strength_->isSliderDown()); });
    connect(strength_, &QSlider::sliderReleased, this, [report] { report(true); });
    connect(toMask_, &QPushButton::clicked, this, &SemanticPanel::requestMask);
    connect(export_, &QPushButton::clicked, this,
            [this] { Q_EMIT exportRequested(semanticTable(content_)); });
}

void SemanticPanel::buildAgreement(const Theme& theme, QVBoxLayout& column) {
    roc_ = new RocView(theme, this);
    rocText_ = new QLabel(this);
    rocText_->setObjectName(QStringLiteral("secondary"));
    rocText_->setWordWrap(true);
    reference_ = new QPushButton(tr("Compare with annotation…"), this);
    reference_->setToolTip(tr("Semantic labels of people, such as those of BEAT2"));
    auto* text = new QVBoxLayout;
    text->addWidget(rocText_);
    text->addWidget(reference_, 0, Qt::AlignLeft);
    text->addStretch(1);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(roc_);
    row->addLayout(text, 1);
    column.addLayout(row);
    connect(reference_, &QPushButton::clicked, this, &SemanticPanel::referenceRequested);
}

void SemanticPanel::setTheme(const Theme& theme) {
    histogram_->setTheme(theme);
    notice_->setTheme(theme);
    gate_->setTheme(theme);
    roc_->setTheme(theme);
}

void SemanticPanel::setContent(const SemanticContent& content) {
    content_ = content;
    pages_->setCurrentIndex(content_.hasScore() ? 0 : 1);
    card_->setContent(cardContent(content_));
    const bool old = content_.state == MapState::OutOfDate;
    notice_->setNotice(old ? tr("Belongs to an older version") : QString(),
                       old ? tr("Recompute") : QString(), content_.reason);
    histogram_->setScores(content_.hasScore()
                              ? std::span<const float>(content_.analysis->semantic().score)
                              : std::span<const float>());
    histogram_->setThreshold(content_.threshold);
    const QSignalBlocker blocker(strength_);
    strength_->setValue(
        static_cast<int>(std::lround(content_.strength / kMostStrength * kStrengthSteps)));
    strengthText_->setText(QLocale().toString(content_.strength, 'f', 2));
    refreshSpans();
    refreshRoc();
}

void SemanticPanel::setPlayhead(FrameIndex frame) {
    playhead_ = frame;
    refreshGate();
}

void SemanticPanel::setTimeSelection(std::optional<FrameRange> range) {
    selection_ = range;
    refreshGate();
}

void SemanticPanel::refreshSpans() {
    const SemanticSpan* before = chosenSpan();
    const std::int64_t kept = before != nullptr ? before->tokens.begin : -1;
    {
        const QSignalBlocker blocker(list_->selectionModel());
        spans_->setSpans(spansAbove(content_, content_.threshold), inference::kAnalysisRate);
        for (std::size_t i = 0; i < spans_->spans().size(); ++i) {
            if (spans_->spans()[i].tokens.begin != kept) continue;
            list_->setCurrentIndex(sorted_->mapFromSource(spans_->index(static_cast<int>(i), 0)));
        }
    }
    std::int64_t frames = 0;
    for (const SemanticSpan& span : spans_->spans()) {
        frames += span.frames.length();
    }
    const std::int64_t clip = content_.analysis ? content_.analysis->frames() : 0;
    const auto count = static_cast<int>(spans_->spans().size());
    const QString spans = count == 1 ? tr("1 span") : tr("%n spans", nullptr, count);
    summary_->setText(
        tr("%1 · %2 of %3 frames above · steps of %4 frames, not smoothed")
            .arg(spans)
            .arg(frames)
            .arg(clip)
            .arg(content_.hasScore() ? content_.analysis->semantic().framesPerToken : 4));
    toMask_->setEnabled(!spans_->spans().empty());
    refreshGate();
}

void SemanticPanel::refreshRoc() {
    const metrics::RocCurve curve = semanticRoc(content_);
    roc_->setVisible(!curve.points.empty());
    roc_->setCurve(curve);
    if (content_.reference.empty()) {
        rocText_->setText(tr("No annotation to compare with."));
    } else if (curve.points.empty()) {
        rocText_->setText(tr("%1 marks all frames or none: there is nothing to tell apart.")
                              .arg(content_.referenceName));
    } else {
        rocText_->setText(tr("AUC %1 against %2, by frames")
                              .arg(QLocale().toString(curve.area, 'f', 3), content_.referenceName));
    }
}

const SemanticSpan* SemanticPanel::chosenSpan() const {
    const QModelIndex row = sorted_->mapToSource(list_->currentIndex());
    if (!row.isValid()) return nullptr;
    const auto index = static_cast<std::size_t>(row.row());
    return index < spans_->spans().size() ? &spans_->spans()[index] : nullptr;
}

TokenSpan SemanticPanel::gateTokens() const {
    if (!content_.hasScore()) return {};
    const auto tokens = static_cast<std::int64_t>(content_.analysis->semantic().score.size());
    const std::int64_t length = content_.analysis->semantic().framesPerToken;
    const auto cut = [&](FrameRange frames) {
        const std::int64_t begin = std::clamp<std::int64_t>(frames.begin.value / length, 0, tokens);
        const std::int64_t end = (frames.end.value + length - 1) / length;
        return TokenSpan{begin, std::clamp(end, begin, tokens)};
    };
    if (const SemanticSpan* span = chosenSpan()) return span->tokens;
    return cut(selection_.value_or(FrameRange{playhead_, playhead_ + 1}));
}

void SemanticPanel::refreshGate() {
    const TokenSpan tokens = gateTokens();
    gate_->setEnabled(tokens.begin < tokens.end);
    if (tokens.begin >= tokens.end) return gateText_->setText(tr("Gate"));
    const std::int64_t length = content_.analysis->semantic().framesPerToken;
    gateText_->setText(tr("Gate of frames %1 – %2")
                           .arg(tokens.begin * length)
                           .arg(std::min(tokens.end * length, content_.analysis->frames()) - 1));
    const auto modeOf = [this](std::int64_t token) {
        const auto index = static_cast<std::size_t>(token);
        return index < content_.gates.size() ? content_.gates[index] : GateMode::Auto;
    };
    const GateMode first = modeOf(tokens.begin);
    bool same = true;
    for (std::int64_t token = tokens.begin; token < tokens.end; ++token) {
        same = same && modeOf(token) == first;
    }
    gate_->setCurrent(same ? static_cast<int>(first) : -1);
}

void SemanticPanel::requestMask() {
    const inference::SemanticTrack& track = content_.analysis->semantic();
    const inference::MaskCanvas canvas{content_.analysis->frames(), inference::kAnalysisRate,
                                       parts_};
    Q_EMIT selectionToMask(
        inference::maskAbove(track.score, track.framesPerToken, content_.threshold, canvas),
        tr("Mask score above %1").arg(QLocale().toString(content_.threshold, 'f', 2)));
}

bool SemanticPanel::eventFilter(QObject* watched, QEvent* event) {
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (watched == list_ && (override || event->type() == QEvent::KeyPress)) {
        const SemanticSpan* span = chosenSpan();
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space && span != nullptr) {
            event->accept();
            if (!override) Q_EMIT playRequested(span->frames);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gesture::app
