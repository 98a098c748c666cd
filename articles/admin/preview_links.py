"""The page on which staff make a link for a reviewer outside, and end all of them."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect

from articles.preview_links import DAYS, end_links, make_link


class LinkForm(forms.Form):
    days = forms.TypedChoiceField(
        label="How long it works",
        choices=[(days, f"{days} day{'s' if days > 1 else ''}") for days in DAYS],
        coerce=int,
        initial=7,
        widget=forms.RadioSelect,
    )


def links(admin, request, article):
    if "_end" in request.POST:
        end_links(article, by=request.user)
        told = "All preview links of this article have ended."
        admin.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(request.path)
    form, link, ends_at = LinkForm(request.POST or None), None, None
    if form.is_valid():
        days = form.cleaned_data["days"]
        link, ends_at = make_link(article, days=days, by=request.user)
    context = {"form": form, "link": link, "ends_at": ends_at}
    return admin.render_page(request, article, "preview_links", **context)
