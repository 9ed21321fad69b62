"""Public addresses of the content, inside the portal's namespace."""

from django.urls import path

from portal.content.views import feeds, files, pages, sitemap

urlpatterns = [
    path("news/", pages.section, {"path": "news/"}, name="news"),
    path("news/feed/", feeds.news, name="news_feed"),
    path("guidance/", pages.section, {"path": "guidance/"}, name="guidance"),
    path("law/", pages.section, {"path": "law/"}, name="legal_documents"),
    path("law/feed/", feeds.legal, name="legal_feed"),
    path("about/", pages.section, {"path": "about/"}, name="about"),
    path("content/papers/<int:pk>/", files.paper, name="paper"),
    path("content/articles/<int:pk>.pdf", files.article, name="article_pdf"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
]
