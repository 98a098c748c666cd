"""The models whose rows no stored page shows, each with the reason. A change of any other row of ours ends all stored answers.

A model that is missing here costs time; one that stands here wrongly would show what is gone. A test reads which tables
the stored pages ask.
"""

DRAFT = "a draft: what patients read is in its version"
WRITTEN_ONCE = "what a version holds is never changed, and which one is live stands in the row of its page"
WORK = "what staff and the worker note for themselves"
SEARCH = "the search is never stored"
CALLS = "a call, or the hours for it: pages with times are never stored"
PRIVATE = "for one person, and never stored"

NEVER_SHOWN = {
    "core.ClockCheck": WORK,
    "audit.AuditEvent": WORK,
    "publishing.ReviewReminder": WORK,
    "publishing.ReviewRequest": WORK,
    "search.Document": SEARCH,
    "search.Word": SEARCH,
    "search.Spelling": SEARCH,
    "search.PromotedPage": SEARCH,
    "search.SynonymGroup": SEARCH,
    "exercises.Exercise_tags": DRAFT,
    "exercises.ExercisePicture": DRAFT,
    "exercises.ExerciseVideo": DRAFT,
    "exercises.RoutineItem": DRAFT,
    "exercises.ExerciseVersion": WRITTEN_ONCE,
    "exercises.ExerciseVersion_tags": WRITTEN_ONCE,
    "exercises.ExerciseVersion_pictures": WRITTEN_ONCE,
    "exercises.ExerciseFile": WRITTEN_ONCE,
    "exercises.RoutineVersion": WRITTEN_ONCE,
    "exercises.RoutineVersion_exercises": WRITTEN_ONCE,
    "exercises.ExerciseEvent": WORK,
    "exercises.RoutineEvent": WORK,
    "exercises.Handout": PRIVATE,
    "exercises.HandoutItem": PRIVATE,
    "exercises.HandoutVersion": PRIVATE,
    "articles.Article_topics": DRAFT,
    "articles.Article_related": DRAFT,
    "articles.TextBlock": DRAFT,
    "articles.CalloutBlock": DRAFT,
    "articles.QuoteBlock": DRAFT,
    "articles.MythBlock": DRAFT,
    "articles.QuestionBlock": DRAFT,
    "articles.StepsBlock": DRAFT,
    "articles.ExerciseBlock": DRAFT,
    "articles.CallToActionBlock": DRAFT,
    "articles.ImageBlock": DRAFT,
    "articles.DrawingBlock": DRAFT,
    "articles.VideoBlock": DRAFT,
    "articles.Reference": DRAFT,
    "articles.ArticleVersion": WRITTEN_ONCE,
    "articles.ArticleVersion_topics": WRITTEN_ONCE,
    "articles.ArticleVersion_related": WRITTEN_ONCE,
    "articles.ArticleVersion_exercises": WRITTEN_ONCE,
    "articles.ArticleVersion_routines": WRITTEN_ONCE,
    "articles.ArticleVersion_dosed": WRITTEN_ONCE,
    "articles.ArticleVersion_pictures": WRITTEN_ONCE,
    "articles.ArticleFile": WRITTEN_ONCE,
    "articles.ArticleEvent": WORK,
    "articles.ExternalLink": WORK,
    "articles.PendingReview": WORK,
    "articles.PlainWord": WORK,
    "articles.SelfScore": WORK,
    "bookings.WeeklyHours": CALLS,
    "bookings.ExtraHours": CALLS,
    "bookings.Closure": CALLS,
    "bookings.Slot": CALLS,
    "bookings.Booking": PRIVATE,
    "bookings.BookingEvent": PRIVATE,
    "bookings.BookingNote": PRIVATE,
    "bookings.CalendarFeed": PRIVATE,
    "bookings.CallWish": PRIVATE,
    "bookings.HoldLimit": WORK,
    "bookings.OutboxMail": PRIVATE,
    "bookings.ReplyTemplate": WORK,
    "accounts.Account": PRIVATE,
    "accounts.AccountMail": PRIVATE,
    "accounts.SignInSettings": WORK,
    "accounts.SignInThrottle": WORK,
}
# Of a page that is published by version: a save of its draft, or a plan, changes nothing that patients see.
UNSEEN_COLUMNS = {
    "updated_at",
    "saved_at",
    "saved_by_id",
    "revision",
    "scheduled_version_id",
    "goes_live_at",
}
