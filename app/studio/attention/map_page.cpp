// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_page.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace gesture::app {

namespace {

constexpr int kHeader = 34;
constexpr int kTools = 40;
enum Page { MatrixPage, StripPage, CardPage };

QPushButton* buttonOf(QAction* action, QWidget* parent) {
    auto* button = new QPushButton(QLatin1Char(' ') + action->text(), parent);
    const auto refresh = [button, action] {
        button->setIcon(action->icon());
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
    };
    QObject::connect(action, &QAction::changed, button, refresh);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    button->setIconSize({13, 13});
    refresh();
    return button;
}

} // namespace

MapPage::MapPage(AttentionModel& model, Executor& executor, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , model_(model)
    , title_(new QLabel(this))
    , subtitle_(new QLabel(this))
    , form_(new SegmentBar(tr("Form"), {{tr("Window")}, {tr("Strip")}}, theme, this))
    , toMask_(makeToMaskAction(model, this))
    , export_(makeExportAction(model, this))
    , look_(new LookPicker(model, this))
    , notice_(new MapNotice(this))
    , pages_(new QStackedWidget(this))
    , card_(new MapStateCard(this)) {
    pages_->addWidget(makeMatrices(theme));
    auto* stripPage = new QWidget(pages_);
    auto* stripColumn = new QVBoxLayout(stripPage);
    stripColumn->setContentsMargins(0, 0, 0, 0);
    strip_ = new StripView(model, executor, theme, stripPage);
    stripColumn->addWidget(strip_);
    pages_->addWidget(stripPage);
    pages_->addWidget(card_);
    look_->setContentsMargins(12, 0, 12, 0);
    look_->setFixedHeight(kTools);
    auto* line = new QFrame(this);
    line->setFixedHeight(1);
    line->setObjectName(QStringLiteral("hairline"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(look_);
    column->addWidget(line);
    notice_->setContentsMargins(16, 8, 12, 0);
    column->addWidget(notice_);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(16, 10, 8, 4);
    body->addWidget(pages_);
    column->addLayout(body, 1);
    connect(form_, &SegmentBar::chosen, this,
            [this](int index) { model_.setForm(index == 0 ? MapForm::Window : MapForm::Strip); });
    connect(&model_, &AttentionModel::mapChanged, this, &MapPage::refresh);
    connect(&model_, &AttentionModel::contentChanged, this, &MapPage::refresh);
    connect(card_, &MapStateCard::computeRequested, &model_, &AttentionModel::computeRequested);
    connect(&notice_->button(), &QPushButton::clicked, &model_, &AttentionModel::requestNoticed);
    connect(matrix_, &MatrixView::hinted, this, &MapPage::hinted);
    connect(second_, &MatrixView::hinted, this, &MapPage::hinted);
    connect(strip_, &StripView::hinted, this, &MapPage::hinted);
    setTheme(theme);
    refresh();
}

QWidget* MapPage::makeHeader() {
    auto* header = new QWidget(this);
    header->setFixedHeight(kHeader);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    title_->setObjectName(QStringLiteral("title"));
    subtitle_->setObjectName(QStringLiteral("hint"));
    subtitle_->setMinimumWidth(0);
    subtitle_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    form_->setToolTip(tr("One window, or all windows of the clip on one time axis"));
    row->addWidget(title_);
    row->addWidget(subtitle_, 1);
    row->addWidget(form_);
    row->addWidget(buttonOf(toMask_, header));
    row->addWidget(buttonOf(export_, header));
    return header;
}

QWidget* MapPage::makeMatrices(const Theme& theme) {
    auto* page = new QWidget(pages_);
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    const auto add = [&](MapSide side, QLabel*& name, MatrixView*& view) {
        auto* half = new QWidget(page);
        auto* column = new QVBoxLayout(half);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(4);
        name = new QLabel(half);
        name->setObjectName(QStringLiteral("secondary"));
        view = new MatrixView(model_, side, MatrixForm::Workspace, theme, half);
        column->addWidget(name);
        column->addWidget(view, 1);
        row->addWidget(half, 1);
        return half;
    };
    add(MapSide::A, nameA_, matrix_);
    besideB_ = add(MapSide::B, nameB_, second_);
    second_->setAccessibleName(tr("Attention map to compare with"));
    return page;
}

void MapPage::setTheme(const Theme& theme) {
    form_->setTheme(theme);
    notice_->setTheme(theme);
    matrix_->setTheme(theme);
    second_->setTheme(theme);
    strip_->setTheme(theme);
    colourMapActions(theme, *toMask_, *export_);
}

void MapPage::refresh() {
    const bool map = model_.content().hasMap();
    const bool strip = model_.form() == MapForm::Strip;
    const MapCompare compare = model_.compare();
    pages_->setCurrentIndex(!map ? CardPage : (strip ? StripPage : MatrixPage));
    card_->setContent(model_.content());
    showMapNotice(*notice_, model_);
    form_->setCurrent(strip ? 1 : 0);
    title_->setText(map ? model_.mapTitle() : tr("Attention map"));
    const MapTable& table = model_.table();
    const QString window =
        tr("%1 speech queries × %2 motion frames").arg(table.rows).arg(table.columns);
    subtitle_->setText(!map ? QString() : (strip ? tr("windows on one time axis") : window));
    const bool difference = compare == MapCompare::Difference;
    matrix_->setSide(difference ? MapSide::Difference : MapSide::A);
    besideB_->setVisible(compare == MapCompare::Beside);
    nameA_->setVisible(compare != MapCompare::Off);
    nameA_->setText(model_.sourceTitle(difference ? MapSide::Difference : MapSide::A));
    nameB_->setText(model_.sourceTitle(MapSide::B));
}

} // namespace gesture::app
