"""Looks into files before they are published: pictures, office documents and PDF."""
